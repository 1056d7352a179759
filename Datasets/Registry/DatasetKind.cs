namespace MLPath.Datasets;

/// <summary>
/// What the rows of a data set are made of, and with that what it is for where no <see cref="Runtime.LearningTask"/> says it.
/// </summary>
public enum DatasetKind
{
    /// <summary>Numbers and categories.</summary>
    Table,

    /// <summary>Texts with a label.</summary>
    Text,

    /// <summary>Images, as vectors of pixels.</summary>
    Images,

    /// <summary>Values in the order of time, to forecast.</summary>
    TimeSeries,

    /// <summary>Documents that answer a query, to bring into an order.</summary>
    Ranking,

    /// <summary>Running text without a label, to learn the language of.</summary>
    Language,

    /// <summary>Sentences in two languages, to translate.</summary>
    Translation,
}
