using MLPath.Data;
using MLPath.Datasets.Registry.Reading;
using MLPath.Runtime;

namespace MLPath.Datasets.Registry.Sets;

/// <summary>Tables with a number to predict, and documents to rank.</summary>
internal static class NumberTables
{
    public static IReadOnlyList<DatasetInfo> All { get; } =
        [CaliforniaHousing, WineQuality, BikeSharing, BikeSharingHour, AutoMpg, Abalone, TaxiFare, MtCars, Ranking];

    private static DatasetInfo CaliforniaHousing => new()
    {
        Name = "california-housing",
        Aliases = ["california", "cal-housing"],
        Title = "California housing",
        Description =
            "Each row is one block group, a neighbourhood of some hundred households, of the census of 1990. This edition adds the "
            + "nearness of the ocean and lacks the number of bedrooms in 207 rows.",
        Task = LearningTask.Regression,
        Rows = 20_640,
        Features =
        [
            new("longitude", "Degrees east, negative"),
            new("latitude", "Degrees north"),
            new("housing_median_age", "Median age of the houses, years, at most 52"),
            new("total_rooms", "Rooms of all houses"),
            new("total_bedrooms", "Bedrooms of all houses"),
            new("population", "Inhabitants"),
            new("households", "Households"),
            new("median_income", "Median income of the households, 10,000 dollars"),
            Text("ocean_proximity", "Nearness of the ocean: <1H OCEAN, INLAND, ISLAND, NEAR BAY or NEAR OCEAN"),
        ],
        LabelColumn = "median_house_value",
        LabelDescription = "Median value of the houses, dollars, at most 500,001",
        Source = new("https://www.dcc.fc.up.pt/~ltorgo/Regression/cal_housing.html"),
        Licence = "Public data of the census (StatLib); this edition Apache 2.0",
        Citation = "R. K. Pace, R. Barry (1997). Sparse spatial autoregressions. Statistics & Probability Letters 33(3), 291-297.",
        Files =
        [
            Hosts.File(
                "tabular/california-housing/housing.csv", 1_423_529, "8a3727f4cf54ac1a327f69b1d5b4db54c5834ea81c6e4efc0d163300022a685e",
                Hosts.GitHub("ageron/handson-ml2", "master", "datasets/housing/housing.csv"),
                Hosts.GitHub("ageron/handson-ml2", "aa555aa16b9d0af6c84e67c7757f3317d05acb12", "datasets/housing/housing.csv")),
        ],
        Reader = new TableReader { Files = ["housing.csv"], Format = new() { Separator = ',' } }.Read,
    };

    private static DatasetInfo WineQuality => new()
    {
        Name = "wine-quality",
        Aliases = ["winequality"],
        Title = "Wine quality, red and white",
        Description =
            "Each row is one Portuguese vinho verde: its chemistry, and the median of at least three tasters' marks. 1599 red wines, "
            + "then 4898 white ones.",
        Task = LearningTask.Regression,
        Rows = 6497,
        Features =
        [
            new("fixed acidity", "Tartaric acid, g/l"),
            new("volatile acidity", "Acetic acid, g/l"),
            new("citric acid", "Citric acid, g/l"),
            new("residual sugar", "Sugar left after fermentation, g/l"),
            new("chlorides", "Sodium chloride, g/l"),
            new("free sulfur dioxide", "Free sulphur dioxide, mg/l"),
            new("total sulfur dioxide", "Free and bound sulphur dioxide, mg/l"),
            new("density", "Density, g/ml"),
            new("pH", "pH"),
            new("sulphates", "Potassium sulphate, g/l"),
            new("alcohol", "Alcohol, per cent by volume"),
            Text("Color", "red or white"),
        ],
        LabelColumn = "quality",
        LabelDescription = "Mark from 0 (very bad) to 10 (excellent); 3 to 9 occur",
        Source = new("https://archive.ics.uci.edu/dataset/186/wine+quality"),
        Licence = Hosts.CcBy4,
        Citation = "P. Cortez, A. Cerdeira, F. Almeida, T. Matos, J. Reis (2009). Modeling wine preferences by data mining from "
            + "physicochemical properties. Decision Support Systems 47(4), 547-553.",
        Files =
        [
            WineFile(
                "winequality-red.csv", 84_172, "4a402cf041b025d4566d954c3b9ba8635a3a8a01e039005d97d6a710278cf05e",
                "0af5f7609b8757a8416f35cd65654553d4ab4dba8bd7a81d6a410d3c53a91ac2"),
            WineFile(
                "winequality-white.csv", 264_399, "76c3f809815c17c07212622f776311faeb31e87610d52c26d87d6e361b169836",
                "f5bf0bcbbca7c3e82f9f693e3da115c3b6e90ab490d39433f502bc77f37dc4d3"),
        ],
        Reader = new TableReader
        {
            Files = ["winequality-red.csv", "winequality-white.csv"],
            FileColumn = ("Color", ["red", "white"]),
        }.Read,
    };

    private static DatasetInfo BikeSharing => new()
    {
        Name = "bike-sharing",
        Aliases = ["bike-sharing-day"],
        Title = "Bike sharing by day",
        Description = $"Each row is one day of 2011 and 2012 in Washington, D.C. {BikeOmissions}",
        Kind = DatasetKind.TimeSeries,
        Task = LearningTask.Regression,
        Rows = 731,
        Features = BikeFeatures(hour: false),
        LabelColumn = "cnt",
        LabelDescription = "Bicycles hired that day",
        Source = BikeSource,
        Licence = Hosts.CcBy4,
        Citation = BikeCitation,
        Files = [BikeFile("day.csv", 56_074, "d74b2d300465c242124448007c4e448f2934cc3bf461efe3dfb4e91123ff7f98")],
        Reader = new TableReader { Files = ["day.csv"], Format = new() { Separator = ',' } }.Read,
    };

    private static DatasetInfo BikeSharingHour => new()
    {
        Name = "bike-sharing-hour",
        Title = "Bike sharing by hour",
        Description = $"Each row is one hour of 2011 and 2012 in Washington, D.C.; hours without any hire have none. {BikeOmissions}",
        Kind = DatasetKind.TimeSeries,
        Task = LearningTask.Regression,
        Rows = 17_379,
        Features = BikeFeatures(hour: true),
        LabelColumn = "cnt",
        LabelDescription = "Bicycles hired in that hour",
        Source = BikeSource,
        Licence = Hosts.CcBy4,
        Citation = BikeCitation,
        Files = [BikeFile("hour.csv", 1_121_183, "462d1c779b4d3825c35555e6dffa3063cc0d66b89feeffcaa5093cd475e4a1c3")],
        Reader = new TableReader { Files = ["hour.csv"], Format = new() { Separator = ',' } }.Read,
    };

    private static DatasetInfo AutoMpg => new()
    {
        Name = "auto-mpg",
        Aliases = ["mpg"],
        Title = "Auto MPG",
        Description = "Each row is one model of a car of 1970 to 1982. The power of six is missing.",
        Task = LearningTask.Regression,
        Rows = 398,
        Features =
        [
            new("cylinders", "Number of cylinders"),
            new("displacement", "Displacement, cubic inches"),
            new("horsepower", "Power, horsepower"),
            new("weight", "Weight, pounds"),
            new("acceleration", "Time from 0 to 60 miles per hour, s"),
            new("model_year", "Year of the model, less 1900"),
            Text("origin", "Where it was built: 1 United States, 2 Europe, 3 Japan"),
            Text("car_name", "Maker and model"),
        ],
        LabelColumn = "mpg",
        LabelDescription = "Distance driven in town with a gallon of fuel, miles",
        Source = new("https://archive.ics.uci.edu/dataset/9/auto+mpg"),
        Licence = Hosts.CcBy4,
        Citation = "J. R. Quinlan (1993). Combining instance-based and model-based learning. International Conference on Machine "
            + "Learning, 236-243.",
        Files =
        [
            Hosts.File(
                "tabular/auto-mpg/auto-mpg.data", 30_286, "48b830e11feee5572525f8f1691ddb9d38d3d7b7063edcd8fca672c2a5e17d8d",
                Hosts.Web(Hosts.Uci("auto-mpg/auto-mpg.data"))),
        ],
        Reader = new TableReader
        {
            Files = ["auto-mpg.data"],
            Fields = ["mpg", "cylinders", "displacement", "horsepower", "weight", "acceleration", "model_year", "origin", "car_name"],
            Format = new() { Separator = ' ', CollapseSeparators = true },
        }.Read,
    };

    private static DatasetInfo Abalone => new()
    {
        Name = "abalone",
        Title = "Abalone age",
        Description =
            "Each row is one abalone, a sea snail, from Tasmania. Measurements were divided by 200 before publication; the units are "
            + "those before.",
        Task = LearningTask.Regression,
        Rows = 4177,
        Features =
        [
            Text("Sex", "F female, M male, I infant"),
            new("Length", "Longest measure of the shell, mm"),
            new("Diameter", "Measure across the length, mm"),
            new("Height", "Height with the meat in the shell, mm"),
            new("WholeWeight", "Weight of the whole animal, g"),
            new("ShuckedWeight", "Weight of the meat, g"),
            new("VisceraWeight", "Weight of the gut after bleeding, g"),
            new("ShellWeight", "Weight of the dried shell, g"),
        ],
        LabelColumn = "Rings",
        LabelDescription = "Rings of the shell; 1.5 more are the age in years",
        Source = new("https://archive.ics.uci.edu/dataset/1/abalone"),
        Licence = Hosts.CcBy4,
        Citation = "W. Nash, T. Sellers, S. Talbot, A. Cawthorn, W. Ford (1994). Abalone. UCI Machine Learning Repository. "
            + "doi:10.24432/C55C7W.",
        Files =
        [
            Hosts.File(
                "tabular/abalone/abalone.csv", 191_872, "eb2de13be807e9bb9ec4128b9c89b98ab23d7739121cfd17b7dde69b46ba7bf6",
                Hosts.Brownlee("abalone.csv")),
        ],
        Reader = new TableReader
        {
            Files = ["abalone.csv"],
            Fields = ["Sex", "Length", "Diameter", "Height", "WholeWeight", "ShuckedWeight", "VisceraWeight", "ShellWeight", "Rings"],
            Format = new() { Separator = ',' },
        }.Read,
    };

    private static DatasetInfo TaxiFare => new()
    {
        Name = "taxi-fare",
        Title = "New York City taxi fares",
        Description = "Each row is one ride in a taxi of New York City, as in the tutorials of ML.NET.",
        Task = LearningTask.Regression,
        Rows = 100_000,
        TestRows = 100_000,
        Features =
        [
            Text("vendor_id", "Who runs the meter: CMT or VTS"),
            Text("rate_code", "Number of the tariff"),
            new("passenger_count", "Passengers"),
            new("trip_time_in_secs", "Duration, s"),
            new("trip_distance", "Distance, miles"),
            Text("payment_type", "How it was paid: CRD by card, CSH in cash, and others"),
        ],
        LabelColumn = "fare_amount",
        LabelDescription = "Fare, dollars",
        Source = new("https://www.nyc.gov/site/tlc/about/tlc-trip-record-data.page"),
        Licence = "NYC Open Data, free to use; this selection MIT",
        Citation = "New York City Taxi and Limousine Commission, trip record data.",
        Files =
        [
            TaxiFile("taxi-fare-train.csv", 2_409_590, "7dfb4cc029c05e6d3ffb14d9058129c30b740ef45e121a5d76a94f898b775967"),
            TaxiFile("taxi-fare-test.csv", 2_512_981, "9c2c510697cab96878c70df80d8688c3c9b8c5d1049528193d4b749e7d95dfc8"),
        ],
        Reader = new TableReader
        {
            Files = ["taxi-fare-train.csv"],
            TestFiles = ["taxi-fare-test.csv"],
            Format = new() { Separator = ',' },
        }.Read,
    };

    private static DatasetInfo MtCars => new()
    {
        Name = "mtcars",
        Title = "Motor Trend car road tests",
        Description = "Each row is one model of a car of 1973 and 1974, as tested by the magazine Motor Trend.",
        Task = LearningTask.Regression,
        Rows = 32,
        Features =
        [
            Text("model", "Maker and model"),
            new("cyl", "Number of cylinders"),
            new("disp", "Displacement, cubic inches"),
            new("hp", "Power, horsepower"),
            new("drat", "Ratio of the rear axle"),
            new("wt", "Weight, 1000 pounds"),
            new("qsec", "Time for a quarter of a mile, s"),
            new("vs", "Engine: 0 V-shaped, 1 straight"),
            new("am", "Transmission: 0 automatic, 1 manual"),
            new("gear", "Forward gears"),
            new("carb", "Carburettors"),
        ],
        LabelColumn = "mpg",
        LabelDescription = "Distance driven with a gallon of fuel, miles",
        Source = new("https://stat.ethz.ch/R-manual/R-devel/library/datasets/html/mtcars.html"),
        Licence = "GPL-2 or GPL-3 as distributed with R; the figures are facts",
        Citation = "H. V. Henderson, P. F. Velleman (1981). Building multiple regression models interactively. Biometrics 37, 391-411.",
        Files =
        [
            Hosts.File(
                "tabular/mtcars/mtcars.csv", 1_703, "4d6dfa9b029dbcc15333a6e3598803fae8ae7c4d08605040b1706e6367695058",
                Hosts.RData("datasets", "mtcars")),
        ],
        Reader = new TableReader
        {
            Files = ["mtcars.csv"],
            Format = new() { Separator = ',' },
            FieldOf = new Dictionary<string, string> { ["model"] = "rownames" },
        }.Read,
    };

    private static DatasetInfo Ranking => new()
    {
        Name = "lightgbm-ranking",
        Aliases = ["lambdarank"],
        Title = "LightGBM's example of ranking",
        Description =
            "Each row is one document that a search found for a query; the documents of a query follow each other. What the features "
            + "mean is not published.",
        Kind = DatasetKind.Ranking,
        Rows = 3005,
        TestRows = 768,
        Features =
        [
            new("GroupId", "The query, numbered from 1 in each part") { Type = new KeyDataViewType(201) },
            new("Features", "Properties of query and document, 0 where not given") { Type = new VectorDataViewType(NumberDataViewType.Single, 300) },
        ],
        LabelColumn = "Label",
        LabelDescription = "How well the document answers the query, 0 to 4",
        Source = new("https://github.com/microsoft/LightGBM/tree/master/examples/lambdarank"),
        Licence = "MIT",
        Citation = "G. Ke, Q. Meng, T. Finley, T. Wang, W. Chen, W. Ma, Q. Ye, T.-Y. Liu (2017). LightGBM: a highly efficient gradient "
            + "boosting decision tree. NIPS, 3146-3154.",
        Files =
        [
            RankingFile("rank.train", 2_479_271, "a0c7201c89120879c14a5059e091f441cbf2a29b8aaef363885ccb1a530448df"),
            RankingFile("rank.train.query", 580, "40cb5fef637229311cd30fab13cb7fb633b023e86a87ff04ec55db420143d6af"),
            RankingFile("rank.test", 649_930, "3b1219ce117a0a36d2f76c02de7e7831c1d79af0d40f5195c03178bbe26c824b"),
            RankingFile("rank.test.query", 146, "36dca82ba3bf99201bac3987b00a8fbf6fe5f563e9fa6d0da90e783710a32df4"),
        ],
        Reader = RankingReader.Of("rank"),
    };

    private const string BikeOmissions =
        "The number of the row, and the counts of casual and registered riders that add up to the label, are left "
        + "out.";

    private const string BikeCitation =
        "H. Fanaee-T, J. Gama (2014). Event labeling combining ensemble detectors and background knowledge. Progress in Artificial "
        + "Intelligence 2, 113-127.";

    private static Uri BikeSource => new("https://archive.ics.uci.edu/dataset/275/bike+sharing+dataset");

    private static DatasetFeature[] BikeFeatures(bool hour) =>
    [
        new("dteday", "Date") { Type = DateTimeDataViewType.Instance },
        new("season", "1 winter, 2 spring, 3 summer, 4 autumn"),
        new("yr", "0 for 2011, 1 for 2012"),
        new("mnth", "Month, 1 to 12"),
        .. hour ? new DatasetFeature[] { new("hr", "Hour, 0 to 23") } : [],
        new("holiday", "1 on public holidays"),
        new("weekday", "Day of the week, 0 for Sunday"),
        new("workingday", "1 on days that are neither at a weekend nor a holiday"),
        new("weathersit", "1 clear, 2 mist, 3 light rain or snow, 4 heavy rain or snow"),
        new("temp", "Temperature, scaled to 0 to 1"),
        new("atemp", "Felt temperature, scaled to 0 to 1"),
        new("hum", "Humidity, 0 to 1"),
        new("windspeed", "Speed of the wind, scaled to 0 to 1"),
    ];

    private static DatasetFeature Text(string name, string description) => new(name, description) { Type = TextDataViewType.Instance };

    private static DatasetFile BikeFile(string name, long bytes, string sha256) => Hosts.File(
        $"tabular/bike-sharing/{name}", bytes, sha256,
        Hosts.GitHub("justmarkham/DAT3", "master", $"data/{name}"),
        Hosts.GitHub("justmarkham/DAT3", "d39a4ae8a274a60accd148c2170e04f20f58ed50", $"data/{name}"));

    private static DatasetFile TaxiFile(string name, long bytes, string sha256) => Hosts.File(
        $"tabular/taxi-fare/{name}", bytes, sha256, Hosts.GitHub("dotnet/machinelearning-samples", "main", $"datasets/{name}"));

    private static DatasetFile RankingFile(string name, long bytes, string sha256) => Hosts.File(
        $"ranking/lightgbm-lambdarank/{name}", bytes, sha256,
        Hosts.GitHub("microsoft/LightGBM", "master", $"examples/lambdarank/{name}"),
        Hosts.GitHub("microsoft/LightGBM", "1c774687cf571a2b710267c2ba1bd56244da82b4", $"examples/lambdarank/{name}"));

    // UCI publishes the table with semicolons; copies with commas are as good.
    private static DatasetFile WineFile(string name, long bytes, string sha256AtUci, string sha256WithCommas) => Hosts.File(
        $"tabular/winequality/{name}", bytes, sha256AtUci,
        Hosts.Web(Hosts.Uci($"wine-quality/{name}")),
        Hosts.GitHub("data-max-hq/workshop-ml-holberton", "103e4328e8aab1f670ccefbf9d9ee2f60f4bec97", $"data/{name}")) with
    {
        Checksums = [new(ChecksumKind.Sha256, sha256AtUci), new(ChecksumKind.Sha256, sha256WithCommas)],
    };
}
