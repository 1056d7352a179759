using MLPath.Transforms;

namespace MLPath;

/// <summary>Features of a whole table in one call.</summary>
public static class FeaturizeCatalog
{
    extension(TransformsCatalog catalog)
    {
        /// <summary>
        /// Turns every usable column of a table into one vector of features: missing numbers are filled and marked, categories encoded, sentences
        /// weighed by their words, times taken apart, all brought to one scale. The label, and a column that says the same, are left out.
        /// </summary>
        /// <param name="outputColumnName">The column to make.</param>
        /// <param name="labelColumnName">The column to predict, which is left out; null for none. The data may lack it.</param>
        /// <exception cref="ArgumentException">The name of the output is empty.</exception>
        public FeaturizingEstimator Featurize(string outputColumnName = "Features", string? labelColumnName = "Label")
        {
            ArgumentException.ThrowIfNullOrEmpty(outputColumnName);
            return new(new FeaturizingOptions { OutputColumnName = outputColumnName, LabelColumnName = labelColumnName });
        }

        /// <summary>Turns every usable column of a table into one vector of features, with options.</summary>
        /// <param name="options">What is asked for.</param>
        /// <exception cref="Runtime.OptionException">An option is out of its range.</exception>
        public FeaturizingEstimator Featurize(FeaturizingOptions options) => new(options);

        /// <summary>Turns the columns of a table into one vector of features as a plan says, whatever rows it is fitted on.</summary>
        /// <param name="plan">The plan, from <c>ml.Data.PlanFeatures</c>.</param>
        public FeaturizingEstimator Featurize(FeaturePlan plan) => new(plan);
    }

    extension(DataOperationsCatalog catalog)
    {
        /// <summary>Decides what becomes of each column of a table, in one pass over its rows, and changes nothing yet.</summary>
        /// <param name="data">The table.</param>
        /// <param name="options">What is asked for; the defaults when omitted.</param>
        /// <param name="cancellationToken">Ends the pass early.</param>
        /// <returns>The plan: print it, show it in a report, make a pipeline of it.</returns>
        /// <exception cref="DataException">No column can be a feature, or one is infinite.</exception>
        /// <exception cref="SchemaException">An option names a column that is not there, or one of another type.</exception>
        /// <exception cref="Runtime.OptionException">An option is out of its range.</exception>
        public FeaturePlan PlanFeatures(IDataView data, FeaturizingOptions? options = null, CancellationToken cancellationToken = default)
        {
            ArgumentNullException.ThrowIfNull(data);
            return FeaturePlanner.Plan(data, options ?? new(), new FitContext { CancellationToken = cancellationToken });
        }
    }
}
