using MLPath.Trainers;

namespace MLPath;

/// <summary>The naive Bayes trainers of counted features.</summary>
public static class DiscreteBayesCatalog
{
    extension(BinaryClassificationCatalog.BinaryClassificationTrainers catalog)
    {
        /// <summary>Bernoulli naive Bayes, of features that are present or absent.</summary>
        /// <param name="labelColumnName">The label, Boolean.</param>
        /// <param name="featureColumnName">The features.</param>
        /// <param name="exampleWeightColumnName">The weights; null for none.</param>
        /// <param name="alpha">What is added to every count; above 0.</param>
        public BernoulliNaiveBayesBinaryTrainer BernoulliNaiveBayes(
            string labelColumnName = "Label", string featureColumnName = "Features", string? exampleWeightColumnName = null, double alpha = 1) =>
            new(new BernoulliNaiveBayesTrainer.Options
            {
                LabelColumnName = labelColumnName,
                FeatureColumnName = featureColumnName,
                ExampleWeightColumnName = exampleWeightColumnName,
                Alpha = alpha,
            });

        /// <summary>Bernoulli naive Bayes, of features that are present or absent.</summary>
        /// <param name="options">The options.</param>
        public BernoulliNaiveBayesBinaryTrainer BernoulliNaiveBayes(BernoulliNaiveBayesTrainer.Options options) => new(options);

        /// <summary>Multinomial naive Bayes, of counts.</summary>
        /// <param name="labelColumnName">The label, Boolean.</param>
        /// <param name="featureColumnName">The features.</param>
        /// <param name="exampleWeightColumnName">The weights; null for none.</param>
        /// <param name="alpha">What is added to every count; above 0.</param>
        public MultinomialNaiveBayesBinaryTrainer MultinomialNaiveBayes(
            string labelColumnName = "Label", string featureColumnName = "Features", string? exampleWeightColumnName = null, double alpha = 1) =>
            new(new MultinomialNaiveBayesTrainer.Options
            {
                LabelColumnName = labelColumnName,
                FeatureColumnName = featureColumnName,
                ExampleWeightColumnName = exampleWeightColumnName,
                Alpha = alpha,
            });

        /// <summary>Multinomial naive Bayes, of counts.</summary>
        /// <param name="options">The options.</param>
        public MultinomialNaiveBayesBinaryTrainer MultinomialNaiveBayes(MultinomialNaiveBayesTrainer.Options options) => new(options);

        /// <summary>Complement naive Bayes, of counts with uneven classes.</summary>
        /// <param name="labelColumnName">The label, Boolean.</param>
        /// <param name="featureColumnName">The features.</param>
        /// <param name="exampleWeightColumnName">The weights; null for none.</param>
        /// <param name="alpha">What is added to every count; above 0.</param>
        public ComplementNaiveBayesBinaryTrainer ComplementNaiveBayes(
            string labelColumnName = "Label", string featureColumnName = "Features", string? exampleWeightColumnName = null, double alpha = 1) =>
            new(new ComplementNaiveBayesTrainer.Options
            {
                LabelColumnName = labelColumnName,
                FeatureColumnName = featureColumnName,
                ExampleWeightColumnName = exampleWeightColumnName,
                Alpha = alpha,
            });

        /// <summary>Complement naive Bayes, of counts with uneven classes.</summary>
        /// <param name="options">The options.</param>
        public ComplementNaiveBayesBinaryTrainer ComplementNaiveBayes(ComplementNaiveBayesTrainer.Options options) => new(options);

        /// <summary>Categorical naive Bayes, of categories by number.</summary>
        /// <param name="labelColumnName">The label, Boolean.</param>
        /// <param name="featureColumnName">The features.</param>
        /// <param name="exampleWeightColumnName">The weights; null for none.</param>
        /// <param name="alpha">What is added to every count; above 0.</param>
        public CategoricalNaiveBayesBinaryTrainer CategoricalNaiveBayes(
            string labelColumnName = "Label", string featureColumnName = "Features", string? exampleWeightColumnName = null, double alpha = 1) =>
            new(new CategoricalNaiveBayesTrainer.Options
            {
                LabelColumnName = labelColumnName,
                FeatureColumnName = featureColumnName,
                ExampleWeightColumnName = exampleWeightColumnName,
                Alpha = alpha,
            });

        /// <summary>Categorical naive Bayes, of categories by number.</summary>
        /// <param name="options">The options.</param>
        public CategoricalNaiveBayesBinaryTrainer CategoricalNaiveBayes(CategoricalNaiveBayesTrainer.Options options) => new(options);
    }

    extension(MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog)
    {
        /// <summary>Bernoulli naive Bayes, of features that are present or absent.</summary>
        /// <param name="labelColumnName">The label, a key.</param>
        /// <param name="featureColumnName">The features.</param>
        /// <param name="exampleWeightColumnName">The weights; null for none.</param>
        /// <param name="alpha">What is added to every count; above 0.</param>
        public BernoulliNaiveBayesMulticlassTrainer BernoulliNaiveBayes(
            string labelColumnName = "Label", string featureColumnName = "Features", string? exampleWeightColumnName = null, double alpha = 1) =>
            new(new BernoulliNaiveBayesTrainer.Options
            {
                LabelColumnName = labelColumnName,
                FeatureColumnName = featureColumnName,
                ExampleWeightColumnName = exampleWeightColumnName,
                Alpha = alpha,
            });

        /// <summary>Bernoulli naive Bayes, of features that are present or absent.</summary>
        /// <param name="options">The options.</param>
        public BernoulliNaiveBayesMulticlassTrainer BernoulliNaiveBayes(BernoulliNaiveBayesTrainer.Options options) => new(options);

        /// <summary>Multinomial naive Bayes, of counts.</summary>
        /// <param name="labelColumnName">The label, a key.</param>
        /// <param name="featureColumnName">The features.</param>
        /// <param name="exampleWeightColumnName">The weights; null for none.</param>
        /// <param name="alpha">What is added to every count; above 0.</param>
        public MultinomialNaiveBayesMulticlassTrainer MultinomialNaiveBayes(
            string labelColumnName = "Label", string featureColumnName = "Features", string? exampleWeightColumnName = null, double alpha = 1) =>
            new(new MultinomialNaiveBayesTrainer.Options
            {
                LabelColumnName = labelColumnName,
                FeatureColumnName = featureColumnName,
                ExampleWeightColumnName = exampleWeightColumnName,
                Alpha = alpha,
            });

        /// <summary>Multinomial naive Bayes, of counts.</summary>
        /// <param name="options">The options.</param>
        public MultinomialNaiveBayesMulticlassTrainer MultinomialNaiveBayes(MultinomialNaiveBayesTrainer.Options options) => new(options);

        /// <summary>Complement naive Bayes, of counts with uneven classes.</summary>
        /// <param name="labelColumnName">The label, a key.</param>
        /// <param name="featureColumnName">The features.</param>
        /// <param name="exampleWeightColumnName">The weights; null for none.</param>
        /// <param name="alpha">What is added to every count; above 0.</param>
        public ComplementNaiveBayesMulticlassTrainer ComplementNaiveBayes(
            string labelColumnName = "Label", string featureColumnName = "Features", string? exampleWeightColumnName = null, double alpha = 1) =>
            new(new ComplementNaiveBayesTrainer.Options
            {
                LabelColumnName = labelColumnName,
                FeatureColumnName = featureColumnName,
                ExampleWeightColumnName = exampleWeightColumnName,
                Alpha = alpha,
            });

        /// <summary>Complement naive Bayes, of counts with uneven classes.</summary>
        /// <param name="options">The options.</param>
        public ComplementNaiveBayesMulticlassTrainer ComplementNaiveBayes(ComplementNaiveBayesTrainer.Options options) => new(options);

        /// <summary>Categorical naive Bayes, of categories by number.</summary>
        /// <param name="labelColumnName">The label, a key.</param>
        /// <param name="featureColumnName">The features.</param>
        /// <param name="exampleWeightColumnName">The weights; null for none.</param>
        /// <param name="alpha">What is added to every count; above 0.</param>
        public CategoricalNaiveBayesMulticlassTrainer CategoricalNaiveBayes(
            string labelColumnName = "Label", string featureColumnName = "Features", string? exampleWeightColumnName = null, double alpha = 1) =>
            new(new CategoricalNaiveBayesTrainer.Options
            {
                LabelColumnName = labelColumnName,
                FeatureColumnName = featureColumnName,
                ExampleWeightColumnName = exampleWeightColumnName,
                Alpha = alpha,
            });

        /// <summary>Categorical naive Bayes, of categories by number.</summary>
        /// <param name="options">The options.</param>
        public CategoricalNaiveBayesMulticlassTrainer CategoricalNaiveBayes(CategoricalNaiveBayesTrainer.Options options) => new(options);
    }
}
