namespace MLPath.Evaluation;

/// <summary>What kind of prediction is judged; it decides which metrics exist and which one leads.</summary>
public enum MetricTask
{
    /// <summary>Two classes: a label is positive or negative, a score ranks rows from negative to positive.</summary>
    BinaryClassification,

    /// <summary>One class out of several: a row has one score per class.</summary>
    MulticlassClassification,

    /// <summary>A number is predicted.</summary>
    Regression,

    /// <summary>Rows are grouped, with or without known labels to compare with.</summary>
    Clustering,
}
