namespace MLPath.Deep;

/// <summary>The losses of one prediction x against what is true, t, that a backend computes. a is the loss's own number.</summary>
public enum LossFunction
{
    /// <summary>(x − t)².</summary>
    Squared,

    /// <summary>|x − t|; its derivative where they are equal is 0.</summary>
    Absolute,

    /// <summary>½ (x − t)² where |x − t| is at most a, and a (|x − t| − ½ a) beyond. P. Huber, 1964.</summary>
    Huber,

    /// <summary>−t ln σ(x) − (1 − t) ln(1 − σ(x)), t from 0 to 1.</summary>
    BinaryCrossEntropy,

    /// <summary>−t ln x − (1 − t) ln(1 − x), x and t from 0 to 1. A logarithm is −100 at least, so that certainty in what is wrong costs 100.</summary>
    BinaryCrossEntropyOfProbability,

    /// <summary>max(0, a − t x), t being 1 or −1; its derivative at the corner is 0.</summary>
    Hinge,

    /// <summary>t (ln t − x), x being the logarithm of a probability and t a probability: 0 where t is 0.</summary>
    Divergence,
}
