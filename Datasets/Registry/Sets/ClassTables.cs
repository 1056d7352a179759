using MLPath.Data;
using MLPath.Datasets.Registry.Reading;
using MLPath.Runtime;

namespace MLPath.Datasets.Registry.Sets;

/// <summary>Tables with a class to predict.</summary>
internal static class ClassTables
{
    public static IReadOnlyList<DatasetInfo> All { get; } = [Titanic, Adult, Penguins, Pima, Glass, Ionosphere, Sonar, Magic];

    private static DatasetInfo Titanic => new()
    {
        Name = "titanic",
        Title = "Titanic passengers",
        Description =
            "Each row is one passenger of the Titanic. Ages are missing for a fifth, cabins for most. The number of the row in the file "
            + "is left out.",
        Task = LearningTask.Binary,
        Rows = 891,
        Features =
        [
            new("Pclass", "Class of the ticket: 1, 2 or 3"),
            Text("Name", "Name with title"),
            Text("Sex", "female or male"),
            new("Age", "Age, years; below 1 as a fraction"),
            new("SibSp", "Brothers, sisters, husband and wife aboard"),
            new("Parch", "Parents and children aboard"),
            Text("Ticket", "Number of the ticket"),
            new("Fare", "Fare, pounds"),
            Text("Cabin", "Cabins, by deck and number"),
            Text("Embarked", "Port: C Cherbourg, Q Queenstown, S Southampton"),
        ],
        LabelColumn = "Survived",
        LabelDescription = "Whether the passenger survived: 1 yes, 0 no",
        Classes = ["0", "1"],
        Source = new("https://hbiostat.org/data/"),
        Licence = "Public data; free use with attribution to Vanderbilt University's Department of Biostatistics",
        Citation = "Encyclopedia Titanica; F. E. Harrell Jr. and T. Cason, titanic3, Vanderbilt University.",
        Files =
        [
            Hosts.File(
                "tabular/titanic/titanic.csv", 60_302, "4a437fde05fe5264e1701a7387ac6fb75393772ba38bb2c9c566405af5af4bd7",
                Hosts.GitHub("datasciencedojo/datasets", "1101b19008569fab7eec7e3b04d2b68613092607", "titanic.csv"),
                Hosts.GitHub("datasciencedojo/datasets", "master", "titanic.csv")),
        ],
        Reader = new TableReader { Files = ["titanic.csv"] }.Read,
    };

    private static DatasetInfo Adult => new()
    {
        Name = "adult",
        Aliases = ["census-income"],
        Title = "Adult census income",
        Description =
            "Each row is one working adult of the United States census of 1994. Unknown values, a question mark in the files, are "
            + "missing texts.",
        Task = LearningTask.Binary,
        Rows = 32_561,
        TestRows = 16_281,
        Features =
        [
            new("age", "Age, years"),
            Text("workclass", "Kind of employer"),
            new("fnlwgt", "How many people the census takes the row to stand for"),
            Text("education", "Highest degree"),
            new("education-num", "Highest degree as a number, 1 to 16"),
            Text("marital-status", "Marital status"),
            Text("occupation", "Occupation"),
            Text("relationship", "Role in the family"),
            Text("race", "Race, as the census has it"),
            Text("sex", "Female or Male"),
            new("capital-gain", "Capital gains, dollars"),
            new("capital-loss", "Capital losses, dollars"),
            new("hours-per-week", "Hours of work a week"),
            Text("native-country", "Country of birth"),
        ],
        LabelColumn = "income",
        LabelDescription = "Whether the income exceeds 50,000 dollars a year",
        Classes = ["<=50K", ">50K"],
        Source = new("https://archive.ics.uci.edu/dataset/2/adult"),
        Licence = Hosts.CcBy4,
        Citation = "B. Becker, R. Kohavi (1996). Adult. UCI Machine Learning Repository. doi:10.24432/C5XW20.",
        Files =
        [
            Hosts.File(
                "tabular/adult/adult-train.csv", 3_974_305, "5b00264637dbfec36bdeaab5676b0b309ff9eb788d63554ca0a249491c86603d",
                [Hosts.Web(Hosts.Uci("adult/adult.data")), .. Hosts.Brownlee("adult-train.csv")]),
            Hosts.File(
                "tabular/adult/adult-test.csv", 2_003_132, "72567b94f5c1a6f8501377dd80f93892c3848ff071cf91ba47e00b0785a28074",
                Hosts.Brownlee("adult-test.csv")),
        ],
        Reader = new TableReader
        {
            Files = ["adult-train.csv"],
            TestFiles = ["adult-test.csv"],
            Fields =
            [
                "age", "workclass", "fnlwgt", "education", "education-num", "marital-status", "occupation", "relationship", "race", "sex",
                "capital-gain", "capital-loss", "hours-per-week", "native-country", "income",
            ],
            Format = new() { Separator = ',' },
            MissingTexts = ["?"],
            LabelMark = '.',
        }.Read,
    };

    private static DatasetInfo Penguins => new()
    {
        Name = "penguins",
        Aliases = ["palmer-penguins"],
        Title = "Palmer penguins",
        Description =
            "Each row is one penguin of three islands near Palmer Station, Antarctica. Two have no measurements, and the sex of eleven "
            + "is missing.",
        Task = LearningTask.Multiclass,
        Rows = 344,
        Features =
        [
            Text("island", "Biscoe, Dream or Torgersen"),
            new("bill_length_mm", "Length of the bill, mm"),
            new("bill_depth_mm", "Depth of the bill, mm"),
            new("flipper_length_mm", "Length of the flipper, mm"),
            new("body_mass_g", "Body mass, g"),
            Text("sex", "female or male"),
            new("year", "Year of the study, 2007 to 2009"),
        ],
        LabelColumn = "species",
        LabelDescription = "The species of the penguin",
        Classes = ["Adelie", "Chinstrap", "Gentoo"],
        Source = new("https://github.com/allisonhorst/palmerpenguins"),
        Licence = "CC0 1.0",
        Citation = "K. B. Gorman, T. D. Williams, W. R. Fraser (2014). Ecological sexual dimorphism and environmental variability within "
            + "a community of Antarctic penguins (genus Pygoscelis). PLoS ONE 9(3), e90081.",
        Files =
        [
            Hosts.File(
                "tabular/penguins/penguins.csv", 15_241, "f204db2c753b0937caac3cb35258562c14f073e4bbc76be24b4c51ce22767a93",
                Hosts.GitHub("allisonhorst/palmerpenguins", "main", "inst/extdata/penguins.csv"),
                Hosts.GitHub("allisonhorst/palmerpenguins", "8db8ef55e61d9a36b81e39833655410ace199e37", "inst/extdata/penguins.csv")),
        ],
        Reader = new TableReader { Files = ["penguins.csv"], MissingTexts = ["NA"] }.Read,
    };

    private static DatasetInfo Pima => new()
    {
        Name = "pima",
        Aliases = ["pima-indians-diabetes"],
        Title = "Pima Indians diabetes",
        Description =
            "Each row is one woman of Pima heritage near Phoenix, Arizona, 21 years or older. Zeros in glucose, blood pressure, skin, "
            + "insulin and body mass stand for values that were not measured; they are left as they are.",
        Task = LearningTask.Binary,
        Rows = 768,
        Features =
        [
            new("Pregnancies", "Number of pregnancies"),
            new("Glucose", "Plasma glucose after two hours of a tolerance test"),
            new("BloodPressure", "Diastolic blood pressure, mm Hg"),
            new("SkinThickness", "Thickness of the skin fold at the triceps, mm"),
            new("Insulin", "Serum insulin after two hours, mu U/ml"),
            new("BodyMassIndex", "Body mass index, kg/m²"),
            new("Pedigree", "Diabetes among relatives, weighted by kinship"),
            new("Age", "Age, years"),
        ],
        LabelColumn = "Diabetes",
        LabelDescription = "Whether diabetes showed within five years: 1 yes, 0 no",
        Classes = ["0", "1"],
        Source = new("https://www.kaggle.com/datasets/uciml/pima-indians-diabetes-database"),
        Licence = "CC0 1.0",
        Citation = "J. W. Smith, J. E. Everhart, W. C. Dickson, W. C. Knowler, R. S. Johannes (1988). Using the ADAP learning algorithm "
            + "to forecast the onset of diabetes mellitus. Symposium on Computer Applications and Medical Care, 261-265.",
        Files =
        [
            Hosts.File(
                "tabular/pima/pima-indians-diabetes.csv", 23_278, "6bfe5d0f379d17a0e0819b996407e3c09bf80febd4287f2ed212190dfff154af",
                Hosts.Brownlee("pima-indians-diabetes.csv")),
        ],
        Reader = new TableReader
        {
            Files = ["pima-indians-diabetes.csv"],
            Fields = ["Pregnancies", "Glucose", "BloodPressure", "SkinThickness", "Insulin", "BodyMassIndex", "Pedigree", "Age", "Diabetes"],
            Format = new() { Separator = ',' },
        }.Read,
    };

    private static DatasetInfo Glass => Benchmark("glass", 3_259, "f1e210407b5ea08db1ee8a773fef834b268f9dcf4dd3906a8bdf986fa47252c3") with
    {
        Aliases = ["glass-identification"],
        Title = "Glass identification",
        Description =
            "Each row is one piece of glass, as found where a crime was committed. Classes are numbered as at UCI; this table lacks 6, "
            + "the nine rows of tableware.",
        Task = LearningTask.Multiclass,
        Rows = 205,
        Features =
        [
            new("RI", "Refractive index"),
            .. from element in new[] { "Na", "Mg", "Al", "Si", "K", "Ca", "Ba", "Fe" }
               select new DatasetFeature(element, $"Oxide of {element}, per cent by weight"),
        ],
        LabelDescription = "What the glass was made for: 1 to 3 windows, 5 containers, 7 headlamps",
        Classes = ["1", "2", "3", "5", "7"],
        Source = new("https://archive.ics.uci.edu/dataset/42/glass+identification"),
        Citation = "B. German (1987). Glass identification. UCI Machine Learning Repository. doi:10.24432/C5WW2P.",
    };

    private static DatasetInfo Ionosphere => Benchmark("ionosphere", 31_351, "b173d42b2f216b1d06627c71c850f4e852cc0e95b208a2a17620446aef9b3181") with
    {
        Title = "Ionosphere radar returns",
        Description = "Each row is one answer of the ionosphere to a radar's 17 pulses, each of which gives a complex number.",
        Task = LearningTask.Binary,
        Rows = 351,
        Features =
        [
            .. from value in Enumerable.Range(0, 34)
               select new DatasetFeature(
                   FormattableString.Invariant($"{value}"),
                   FormattableString.Invariant($"Pulse {(value / 2) + 1}, {(value % 2 == 0 ? "real" : "imaginary")} part")),
        ],
        LabelDescription = "Whether the answer shows structure in the ionosphere: 1 yes, 0 no",
        Classes = ["0", "1"],
        Source = new("https://archive.ics.uci.edu/dataset/52/ionosphere"),
        Citation = "V. G. Sigillito, S. P. Wing, L. V. Hutton, K. B. Baker (1989). Classification of radar returns from the ionosphere "
            + "using neural networks. Johns Hopkins APL Technical Digest 10, 262-266.",
    };

    private static DatasetInfo Sonar => Benchmark("sonar", 28_731, "663cc0763d74d4223b33ea9d60feb37d0e4893bcb1a84817bfda0729e8a5f327") with
    {
        Title = "Sonar: mines and rocks",
        Description = "Each row is one echo of a sonar from a metal cylinder or a rock, as energies in 60 bands of rising frequency.",
        Task = LearningTask.Binary,
        Rows = 208,
        Features =
        [
            .. from band in Enumerable.Range(1, 60)
               select new DatasetFeature(
                   FormattableString.Invariant($"A{band}"), FormattableString.Invariant($"Energy in band {band}, 0 to 1")),
        ],
        LabelDescription = "What sent the echo back, coded 0 and 1",
        Classes = ["0", "1"],
        Source = new("https://archive.ics.uci.edu/dataset/151/connectionist+bench+sonar+mines+vs+rocks"),
        Citation = "R. P. Gorman, T. J. Sejnowski (1988). Analysis of hidden units in a layered network trained to classify sonar targets. "
            + "Neural Networks 1, 75-89.",
    };

    private static DatasetInfo Magic => Benchmark("magic", 656_465, "05549371c27df5b9e060a2febe8f2ab8887ea8980155d53b623ee345392de584") with
    {
        Aliases = ["magic-telescope"],
        Title = "MAGIC gamma telescope",
        Description =
            "Each row is one simulated shower of particles as a telescope's camera sees it, described by the ellipse that fits its "
            + "image.",
        Task = LearningTask.Binary,
        Rows = 19_020,
        Features =
        [
            new("FLength", "Major axis of the ellipse, mm"),
            new("FWidth", "Minor axis, mm"),
            new("FSize", "Logarithm to base 10 of the sum of all pixels"),
            new("FConc", "Share of the two brightest pixels"),
            new("FConc1", "Share of the brightest pixel"),
            new("FAsym", "Distance of the brightest pixel from the centre along the major axis, mm"),
            new("FM3Long", "Cube root of the third moment along the major axis, mm"),
            new("FM3Trans", "Cube root of the third moment along the minor axis, mm"),
            new("FAlpha", "Angle between the major axis and the line to the origin, degrees"),
            new("FDist", "Distance from the origin to the centre of the ellipse, mm"),
        ],
        LabelDescription = "What caused the shower: 0 gamma rays, 1 hadrons",
        Classes = ["0", "1"],
        Source = new("https://archive.ics.uci.edu/dataset/159/magic+gamma+telescope"),
        Citation = "R. Bock (2004). MAGIC gamma telescope. UCI Machine Learning Repository. doi:10.24432/C52C8B.",
    };

    // A table of the Penn Machine Learning Benchmarks, whose label is called target and coded as a number.
    private static DatasetInfo Benchmark(string name, long bytes, string contentSha256) => new()
    {
        Name = name,
        Title = "",
        Description = "",
        Rows = 0,
        Features = [],
        LabelColumn = "target",
        Source = new("https://epistasislab.github.io/pmlb/"),
        Licence = $"{Hosts.CcBy4}; the table as in the Penn Machine Learning Benchmarks (MIT)",
        Citation = "",
        Files = [Hosts.Gzip($"benchmark-pmlb/{name}.tsv.gz", bytes, contentSha256, Hosts.PmlbTable(name))],
        Reader = new TableReader { Files = [$"{name}.tsv.gz"], Format = new() { Separator = '\t' } }.Read,
    };

    private static DatasetFeature Text(string name, string description) => new(name, description) { Type = TextDataViewType.Instance };
}
