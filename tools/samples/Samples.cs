namespace MLPath.Samples;

/// <summary>One step of the path.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Title">What it shows.</param>
/// <param name="Program">The program; it writes to the writer, and returns the results by hand and through MLPath, to be compared.</param>
public sealed record Sample(string Number, string Title, Func<TextWriter, IReadOnlyList<SideBySide>> Program)
{
    /// <summary>Runs the program and prints the two sides.</summary>
    /// <param name="output">Where to write.</param>
    public IReadOnlyList<SideBySide> Run(TextWriter output)
    {
        output.WriteLine($"== {Number} {Title}");
        var results = Program(output);
        foreach (var (name, hand, library, _) in results)
            output.WriteLine(FormattableString.Invariant($"   {name,-34} by hand {hand,12:0.000000}   MLPath {library,12:0.000000}"));
        output.WriteLine();
        return results;
    }
}

/// <summary>A result got twice.</summary>
/// <param name="Name">What it is.</param>
/// <param name="ByHand">Its value by the few lines of the program.</param>
/// <param name="Library">Its value through MLPath.</param>
/// <param name="Tolerance">How far the two may lie apart, given how far the program's descent goes.</param>
public sealed record SideBySide(string Name, double ByHand, double Library, double Tolerance);

/// <summary>The steps of the path that have a program.</summary>
public static class Samples
{
    /// <summary>All of them, in order.</summary>
    public static IReadOnlyList<Sample> All { get; } =
    [
        new("01", "Vectors and matrices", VectorsAndMatrices.Run),
        new("02", "Eigenvalues and the singular value decomposition", EigenvaluesAndSvd.Run),
        new("03", "Derivatives and gradients: differences, the chain rule, backpropagation", DerivativesAndGradients.Run),
        new("04", "Descriptive statistics and correlation", DescriptiveStatistics.Run),
        new("05", "Probability, Bayes' rule, distributions, a hypothesis test", Probability.Run),
        new("06", "Data: loading, missing values, encoding, splitting", Data.Run),
        new("10", "Linear regression: descent on a line, and normal equations", LinearRegression.Run),
        new("11", "Regularisation: ridge and lasso, over- and under-fitting", Regularisation.Run),
        new("12", "Logistic regression", LogisticRegression.Run),
        new("13", "k nearest neighbours and naive Bayes", NeighborsAndBayes.Run),
        new("15", "Support vector machine", SupportVectorMachine.Run),
        new("16", "k-means and DBSCAN", output => [.. KMeans.Run(output), .. Dbscan.Run(output)]),
        new("17", "Principal components, and a map by t-SNE", output => [.. PrincipalComponents.Run(output), .. NeighbourEmbedding.Run(output)]),
        new("18", "Evaluation: confusion matrix, precision, recall, F1, the area under the ROC curve", Evaluation.Run),
        new("19", "Cross-validation, a choice between models, the test set used once", Validation.Run),
        new("20", "The pitfalls, each provoked, and the doctor who finds them", Pitfalls.Run),
        new("30", "The perceptron", Perceptron.Run),
        new("31", "A multilayer perceptron and backpropagation", MultilayerPerceptron.Run),
        new("32", "Activations, losses, initialisation", ActivationsLossesInitialisation.Run),
        new("33", "Optimisers and schedules", Optimisers.Run),
        new("34", "Dropout, batch normalisation, early stopping, augmentation", DropoutBatchNormEarlyStopping.Run),
        new("35", "Convolution and pooling; a CNN; a residual network", Convolution.Run),
        new("36", "A recurrent network, backpropagation through time, the vanishing gradient", RecurrentNetwork.Run),
        new("37", "LSTM and GRU: gates, and how long a memory lasts", LstmAndGru.Run),
        new("42", "Attention on a recurrent network: additive and by products", Attention.Run),
        new("43", "Self-attention, several heads, positions, the transformer block", Transformer.Run),
    ];
}
