using MLPath.Numerics;
using MLPath.Trainers;

namespace MLPath.Bench;

/// <summary>Linear models. The quality is the objective that both sides minimise, for each row, computed alike from the weights found.</summary>
internal static class LinearWorkloads
{
    private const string Binary = "binary_200000x50", Digits = "digits_60000x784_c10", Numbers = "regression_200000x50";

    public static IReadOnlyList<CoreWorkload> All { get; } =
    [
        new("logistic", Binary, Quality.Smaller(1e-6), "linear.py", ["sklearn lbfgs", "sklearn newton-cholesky"], Logistic),
        new("softmax", Digits, Quality.Smaller(1e-4), "linear.py", ["sklearn lbfgs"], Softmax),
        new("ridge", Numbers, Quality.Smaller(1e-6), "linear.py", ["sklearn"], Ridge),
        new("lasso", Numbers, Quality.Smaller(1e-6), "linear.py", ["sklearn"], Lasso),
        new("linear-svm", Binary, Quality.Smaller(1e-6), "linear.py", ["sklearn liblinear"], SupportVectors),
    ];

    private static Job Logistic(CoreData data, int threads)
    {
        var features = data.Features(Binary);
        int[] classes = data.Classes(Binary);
        var view = Views.Binary(features, classes);
        var trainer = new LbfgsLogisticRegressionBinaryTrainer(new() { L1Regularization = 0, L2Regularization = 1, OptimizationTolerance = 1e-3 });
        return Job.Of(() => trainer.Fit(view, new FitContext { Threads = threads }).Model, model =>
        {
            double[] w = [.. model.Weights];
            double loss = 0.5 * Dense.Dot(w, w);
            for (int i = 0; i < features.Rows; i++)
            {
                double score = Dense.Dot(features.Row(i), w) + model.Bias;
                loss += Dense.Softplus(classes[i] == 1 ? -score : score);
            }
            return loss / features.Rows;
        });
    }

    // As many iterations as the peer is given, from the same kind of steps.
    private static Job Softmax(CoreData data, int threads)
    {
        var features = data.Features(Digits);
        int[] classes = data.Classes(Digits);
        var view = Views.Multiclass(features, classes);
        var trainer = new LbfgsMaximumEntropyMulticlassTrainer(
            new() { L1Regularization = 0, L2Regularization = 1, MaximumNumberOfIterations = 50, HistorySize = 10 });
        return Job.Of(() => trainer.Fit(view, new FitContext { Threads = threads }).Model, model =>
        {
            double loss = 0.5 * Dense.Dot(model.Weights, model.Weights);
            var scores = new double[model.ClassCount];
            for (int i = 0; i < features.Rows; i++)
            {
                for (int c = 0; c < scores.Length; c++)
                    scores[c] = Dense.Dot(features.Row(i), model.Weights.Slice(c * features.Columns, features.Columns)) + model.Biases[c];
                loss += Dense.LogSumExp(scores) - scores[classes[i]];
            }
            return loss / features.Rows;
        });
    }

    private static Job Ridge(CoreData data, int threads)
    {
        var features = data.Features(Numbers);
        float[] targets = data.Read<float>($"{Numbers}_y.f32");
        var view = Views.Regression(features, targets);
        var trainer = new RidgeTrainer(new() { Alpha = 1 });
        return Job.Of(() => trainer.Fit(view, new FitContext { Threads = threads }).Model, model =>
        {
            double[] w = [.. model.Weights];
            return (SquaredErrors(features, targets, w, model.Bias) + Dense.Dot(w, w)) / features.Rows;
        });
    }

    private static Job Lasso(CoreData data, int threads)
    {
        const double Alpha = 0.01;
        var features = data.Features(Numbers);
        float[] targets = data.Read<float>($"{Numbers}_y.f32");
        var view = Views.Regression(features, targets);
        var trainer = new LassoTrainer(new() { Alpha = Alpha });
        return Job.Of(() => trainer.Fit(view, new FitContext { Threads = threads }).Model, model =>
        {
            double[] w = [.. model.Weights];
            return (SquaredErrors(features, targets, w, model.Bias) / (2 * features.Rows)) + (Alpha * w.Sum(Math.Abs));
        });
    }

    // C = 1 with the penalty beside the sum of losses is λ = 1 / n beside their mean.
    private static Job SupportVectors(CoreData data, int threads)
    {
        var features = data.Features(Binary);
        int[] classes = data.Classes(Binary);
        var view = Views.Binary(features, classes);
        var trainer = new LinearSvmTrainer(new() { Solver = LinearSvmSolver.Newton, Lambda = 1.0 / features.Rows, OptimizationTolerance = 1e-4 });
        return Job.Of(() => trainer.Fit(view, new FitContext { Threads = threads }).Model, model =>
        {
            double[] w = [.. model.Weights];
            double loss = 0.5 * (Dense.Dot(w, w) + (model.Bias * model.Bias));
            for (int i = 0; i < features.Rows; i++)
            {
                double score = Dense.Dot(features.Row(i), w) + model.Bias, below = Math.Max(0, 1 - (classes[i] == 1 ? score : -score));
                loss += below * below;
            }
            return loss / features.Rows;
        });
    }

    private static double SquaredErrors(Table features, float[] targets, double[] w, double bias)
    {
        double sum = 0;
        for (int i = 0; i < features.Rows; i++)
        {
            double error = targets[i] - Dense.Dot(features.Row(i), w) - bias;
            sum += error * error;
        }
        return sum;
    }
}
