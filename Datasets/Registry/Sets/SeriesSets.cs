using MLPath.Data;
using MLPath.Datasets.Registry.Reading;
using MLPath.Runtime;

namespace MLPath.Datasets.Registry.Sets;

/// <summary>Series to forecast.</summary>
internal static class SeriesSets
{
    private const string TextbookSeries = "Public; a series of textbooks (Time Series Data Library)";

    public static IReadOnlyList<DatasetInfo> All { get; } =
        [AirlinePassengers, Sunspots, MinTemperatures, FemaleBirths, Taylor, ElecDemand, Nile];

    private static DatasetInfo AirlinePassengers =>
        Dated("airline-passengers", "Month", "Passengers", 2_180, "8cb51be753a718d9be5d76d7e238cc224792754676adc21faa59e954b0201621") with
        {
            Aliases = ["air-passengers", "airpassengers"],
            Title = "Airline passengers",
            Description = "Each row is one month from 1949 to 1960: a rising trend, with seasons that grow with it.",
            Rows = 144,
            LabelDescription = "Passengers of international flights, thousands",
            Source = new("https://stat.ethz.ch/R-manual/R-devel/library/datasets/html/AirPassengers.html"),
            Citation = "G. E. P. Box, G. M. Jenkins, G. C. Reinsel (1976). Time series analysis, forecasting and control. Series G.",
        };

    private static DatasetInfo Sunspots =>
        Dated("monthly-sunspots", "Month", "Sunspots", 45_039, "c4ec8cc57d9f6fb6ecdb3e1f37f25b6f4badd5124c55931052b0cd2fc3bc71f3") with
        {
            Name = "sunspots",
            Aliases = ["monthly-sunspots"],
            Title = "Monthly sunspots",
            Description = "Each row is one month from 1749 to 1983: cycles of about eleven years.",
            Rows = 2820,
            LabelDescription = "Mean relative number of sunspots",
            Source = new("https://www.sidc.be/SILSO/datafiles"),
            Licence = "Public, as this historical copy; SILSO's current files are CC BY-NC 4.0",
            Citation = "D. F. Andrews, A. M. Herzberg (1985). Data: a collection of problems from many fields. Springer.",
        };

    private static DatasetInfo MinTemperatures =>
        Dated("daily-min-temperatures", "Date", "Temp", 67_921, "8b9de63ed6789492bf497625e7f9beb96a63d367b4b0a21754006f749fa5e5da") with
        {
            Aliases = ["min-temperatures"],
            Title = "Daily minimum temperatures in Melbourne",
            Description = "Each row is one day from 1981 to 1990; the last days of the two leap years are not there.",
            Rows = 3650,
            LabelDescription = "Lowest temperature of the day, degrees Celsius",
            Source = new("http://www.bom.gov.au/climate/data/"),
            Licence = "Public; from the Australian Bureau of Meteorology",
            Citation = "Australian Bureau of Meteorology, by way of the Time Series Data Library.",
        };

    private static DatasetInfo FemaleBirths =>
        Dated("daily-total-female-births", "Date", "Births", 6_220, "7a0c1bdb32d68f7fa359e561a4f7e1fe8fb2fc26a1ea624a434a97a63735dd72") with
        {
            Name = "female-births",
            Aliases = ["daily-total-female-births"],
            Title = "Daily births of girls in California",
            Description = "Each row is one day of 1959.",
            Rows = 365,
            LabelDescription = "Girls born that day",
            Source = new("https://github.com/jbrownlee/Datasets"),
            Citation = "H. J. Newton (1988). TIMESLAB: a time series analysis laboratory. Wadsworth & Brooks/Cole.",
        };

    private static DatasetInfo Taylor => RSeries(
        "taylor-electricity.csv", 43_256, "ea57564e588a57cec1af82a9efff077775015b93757ca9d729ad5a18086608da", "forecast", "taylor",
        new() { ["Demand"] = "x" }) with
    {
        Name = "taylor",
        Aliases = ["taylor-electricity"],
        Title = "Electricity demand in England and Wales",
        Description = "Each row is half an hour, from Monday 5 June to Sunday 27 August 2000: a day has 48 of them, a week 336.",
        Rows = 4032,
        Features = [],
        LabelColumn = "Demand",
        LabelDescription = "Demand, megawatts",
        Source = new("https://pkg.robjhyndman.com/forecast/reference/taylor.html"),
        Licence = "GPL-3 as distributed with the R package forecast",
        Citation = "J. W. Taylor (2003). Short-term electricity demand forecasting using double seasonal exponential smoothing. "
            + "Journal of the Operational Research Society 54, 799-805.",
    };

    private static DatasetInfo ElecDemand => RSeries(
        "elecdemand.csv", 448_760, "fd707850ff7efc39d5bdea163347a0a509fb81ffca3a18b154e29a70d1e992b3", "fpp2", "elecdemand", []) with
    {
        Name = "elecdemand",
        Title = "Electricity demand in Victoria",
        Description = "Each row is half an hour of 2014 in the state of Victoria, Australia, from its first.",
        Task = LearningTask.Regression,
        Rows = 17_520,
        Features =
        [
            new("WorkDay", "1 on working days, 0 otherwise"),
            new("Temperature", "Temperature in Melbourne, degrees Celsius"),
        ],
        LabelColumn = "Demand",
        LabelDescription = "Demand, gigawatts",
        Source = new("https://pkg.robjhyndman.com/fpp2-package/reference/elecdemand.html"),
        Licence = "GPL-3 as distributed with the R package fpp2",
        Citation = "R. J. Hyndman, G. Athanasopoulos (2018). Forecasting: principles and practice, 2nd edition. OTexts.",
    };

    private static DatasetInfo Nile => RSeries(
        "Nile.csv", 1_242, "d0452bea38c61e796a4eeb950bf91d20fb5c7f13d5822eadf5990fe54f9c8d07", "datasets", "Nile",
        new() { ["Year"] = "time", ["Flow"] = "value" }) with
    {
        Name = "nile",
        Title = "Flow of the Nile",
        Description = "Each row is one year from 1871 to 1970. The flow changes its level near 1898.",
        Rows = 100,
        Features = [new("Year", "Year")],
        LabelColumn = "Flow",
        LabelDescription = "Flow at Aswan in the year, 10⁸ m³",
        Source = new("https://stat.ethz.ch/R-manual/R-devel/library/datasets/html/Nile.html"),
        Licence = "GPL-2 or GPL-3 as distributed with R; the figures are facts",
        Citation = "G. W. Cobb (1978). The problem of the Nile: conditional solution to a changepoint problem. Biometrika 65, 243-251.",
    };

    // A series with a date in each row; the file is named as the set.
    private static DatasetInfo Dated(string name, string date, string value, long bytes, string sha256) => new()
    {
        Name = name,
        Title = "",
        Description = "",
        Kind = DatasetKind.TimeSeries,
        Rows = 0,
        Features = [new(date, date == "Month" ? "First day of the month" : "Day") { Type = DateTimeDataViewType.Instance }],
        LabelColumn = value,
        Source = new("https://github.com/jbrownlee/Datasets"),
        Licence = TextbookSeries,
        Citation = "",
        Files = [Hosts.File($"timeseries/{name}.csv", bytes, sha256, Hosts.Brownlee($"{name}.csv"))],
        Reader = new TableReader { Files = [$"{name}.csv"], Format = new() { Separator = ',' } }.Read,
    };

    // A series of an R package; the file's number of the row is left out.
    private static DatasetInfo RSeries(
        string file, long bytes, string sha256, string package, string series, Dictionary<string, string> fieldOf) => new()
        {
            Name = "",
            Title = "",
            Description = "",
            Kind = DatasetKind.TimeSeries,
            Rows = 0,
            Features = [],
            Source = new("https://vincentarelbundock.github.io/Rdatasets/"),
            Licence = "",
            Citation = "",
            Files = [Hosts.File($"timeseries/{file}", bytes, sha256, Hosts.RData(package, series))],
            Reader = new TableReader { Files = [file], Format = new() { Separator = ',' }, FieldOf = fieldOf }.Read,
        };
}
