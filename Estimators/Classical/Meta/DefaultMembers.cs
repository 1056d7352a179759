namespace MLPath.Trainers;

/// <summary>The members of an ensemble to which none were given: of three kinds, so that they err in different ways.</summary>
internal static class DefaultMembers
{
    /// <summary>Logistic regression, naive Bayes and a decision tree.</summary>
    public static IReadOnlyList<AnyMember> Binary(TrainerInputBaseWithWeight o) =>
    [
        Logistic(o),
        new NaiveBayesBinaryTrainer(new() { FeatureColumnName = o.FeatureColumnName, LabelColumnName = o.LabelColumnName, ExampleWeightColumnName = o.ExampleWeightColumnName, ClassWeights = o.ClassWeights }),
        BinaryTree(o),
    ];

    /// <summary>Maximum entropy, naive Bayes and a decision tree.</summary>
    public static IReadOnlyList<AnyMember> Multiclass(TrainerInputBaseWithWeight o) =>
    [
        MaximumEntropy(o),
        new NaiveBayesMulticlassTrainer(new() { FeatureColumnName = o.FeatureColumnName, LabelColumnName = o.LabelColumnName, ExampleWeightColumnName = o.ExampleWeightColumnName, ClassWeights = o.ClassWeights }),
        MulticlassTree(o),
    ];

    /// <summary>Ridge regression, nearest neighbours and a decision tree.</summary>
    public static IReadOnlyList<AnyMember> Regression(TrainerInputBaseWithWeight o) =>
    [
        Ridge(o),
        new KNearestNeighborsRegressionTrainer(new() { FeatureColumnName = o.FeatureColumnName, LabelColumnName = o.LabelColumnName, ExampleWeightColumnName = o.ExampleWeightColumnName }),
        RegressionTree(o),
    ];

    /// <summary>Logistic regression with the penalty of scikit-learn's default, C = 1.</summary>
    public static AnyMember Logistic(TrainerInputBaseWithWeight o) => new LbfgsLogisticRegressionBinaryTrainer(new()
    {
        FeatureColumnName = o.FeatureColumnName,
        LabelColumnName = o.LabelColumnName,
        ExampleWeightColumnName = o.ExampleWeightColumnName,
        ClassWeights = o.ClassWeights,
        L1Regularization = 0,
        L2Regularization = 1,
    });

    /// <summary>Maximum entropy with the penalty of scikit-learn's default, C = 1.</summary>
    public static AnyMember MaximumEntropy(TrainerInputBaseWithWeight o) => new LbfgsMaximumEntropyMulticlassTrainer(new()
    {
        FeatureColumnName = o.FeatureColumnName,
        LabelColumnName = o.LabelColumnName,
        ExampleWeightColumnName = o.ExampleWeightColumnName,
        ClassWeights = o.ClassWeights,
        L1Regularization = 0,
        L2Regularization = 1,
    });

    /// <summary>Ridge regression.</summary>
    public static AnyMember Ridge(TrainerInputBaseWithWeight o) => new RidgeTrainer(new()
    {
        FeatureColumnName = o.FeatureColumnName,
        LabelColumnName = o.LabelColumnName,
        ExampleWeightColumnName = o.ExampleWeightColumnName,
    });

    /// <summary>A decision tree for two classes.</summary>
    public static AnyMember BinaryTree(TrainerInputBaseWithWeight o) => new DecisionTreeBinaryTrainer(Tree(o) with { ClassWeights = o.ClassWeights });

    /// <summary>A decision tree for several classes.</summary>
    public static AnyMember MulticlassTree(TrainerInputBaseWithWeight o) => new DecisionTreeMulticlassTrainer(Tree(o) with { ClassWeights = o.ClassWeights });

    /// <summary>A decision tree for numbers.</summary>
    public static AnyMember RegressionTree(TrainerInputBaseWithWeight o) => new DecisionTreeRegressionTrainer(Tree(o));

    private static DecisionTreeTrainer.Options Tree(TrainerInputBaseWithWeight o) => new()
    {
        FeatureColumnName = o.FeatureColumnName,
        LabelColumnName = o.LabelColumnName,
        ExampleWeightColumnName = o.ExampleWeightColumnName,
    };
}
