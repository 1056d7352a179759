using MLPath.Numerics;
using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>A loss of the margin m = ±s of a row of two classes, where s is its score.</summary>
public enum ClassificationLoss
{
    /// <summary>log(1 + exp(−m)): logistic regression.</summary>
    Log,

    /// <summary>max(0, 1 − m): the support vector machine.</summary>
    Hinge,

    /// <summary>The hinge with a rounded kink: ½ (1 − m)² for 0 &lt; m &lt; 1, ½ − m below.</summary>
    SmoothedHinge,

    /// <summary>max(0, 1 − m)².</summary>
    SquaredHinge,

    /// <summary>exp(−m): boosting's loss. Not for dual trainers.</summary>
    Exponential,

    /// <summary>max(0, −m): Rosenblatt's perceptron, which learns from mistakes alone. Not for dual trainers.</summary>
    Perceptron,
}

/// <summary>A loss of a row with a number to predict.</summary>
public enum RegressionLoss
{
    /// <summary>(s − y)².</summary>
    Squared,

    /// <summary>|s − y|, which outliers sway less.</summary>
    Absolute,
}

/// <summary>The losses that linear trainers choose from, with their slopes, and as dual trainers take them.</summary>
internal static class LinearLossFunctions
{
    /// <summary>The loss at a margin, and its derivative by the margin (that of the left side at a kink).</summary>
    public static (double Loss, double Slope) At(this ClassificationLoss loss, double m) => loss switch
    {
        ClassificationLoss.Log => (Dense.Softplus(-m), -Dense.Sigmoid(-m)),
        ClassificationLoss.Hinge => m < 1 ? (1 - m, -1) : (0, 0),
        ClassificationLoss.SmoothedHinge => m >= 1 ? (0, 0) : m > 0 ? (0.5 * (1 - m) * (1 - m), m - 1) : (0.5 - m, -1),
        ClassificationLoss.SquaredHinge => m < 1 ? ((1 - m) * (1 - m), 2 * (m - 1)) : (0, 0),
        ClassificationLoss.Exponential => (Math.Exp(-m), -Math.Exp(-m)),
        _ => m <= 0 ? (-m, -1) : (0, 0),
    };

    /// <summary>The loss of a prediction, and its derivative by the prediction (0 at a kink).</summary>
    public static (double Loss, double Slope) At(this RegressionLoss loss, double score, double target) => loss == RegressionLoss.Squared
        ? ((score - target) * (score - target), 2 * (score - target))
        : (Math.Abs(score - target), Math.Sign(score - target));

    /// <summary>The loss for dual coordinate ascent.</summary>
    /// <exception cref="OptionException">The loss has no usable dual.</exception>
    public static SdcaLoss ToSdca(this ClassificationLoss loss) => loss switch
    {
        ClassificationLoss.Log => SdcaLoss.Logistic,
        ClassificationLoss.Hinge => SdcaLoss.Hinge,
        ClassificationLoss.SmoothedHinge => SdcaLoss.SmoothedHinge(),
        ClassificationLoss.SquaredHinge => SdcaLoss.SquaredHinge,
        _ => throw new OptionException($"LossFunction is {loss}, which dual coordinate ascent cannot use; choose Log, Hinge, SmoothedHinge or SquaredHinge."),
    };

    /// <summary>The loss for dual coordinate ascent.</summary>
    public static SdcaLoss ToSdca(this RegressionLoss loss) => loss == RegressionLoss.Squared ? SdcaLoss.Squared : SdcaLoss.Absolute;
}
