namespace MLPath.Deep;

/// <summary>Is told how a training goes, and may end it. What it does must not depend on time where results are to be the same again.</summary>
public interface INetworkCallback
{
    /// <summary>After each batch.</summary>
    /// <param name="moment">Where the training is.</param>
    /// <returns>Whether to go on; false ends the training here, with the parameters of the best epoch so far.</returns>
    bool AfterBatch(NetworkMoment moment) => true;

    /// <summary>After each epoch.</summary>
    /// <param name="moment">Where the training is; its <see cref="NetworkMoment.Result"/> is not null.</param>
    /// <returns>Whether to go on; false ends the training here, with the parameters of the best epoch so far.</returns>
    bool AfterEpoch(NetworkMoment moment) => true;
}

/// <summary>Where a training is.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Batch">The batch of the epoch, from 1.</param>
/// <param name="Batches">The batches of an epoch.</param>
/// <param name="Loss">The batch's loss.</param>
/// <param name="LearningRate">The learning rate of the last step.</param>
/// <param name="Network">The network as it is; not to be changed.</param>
/// <param name="Result">How the epoch went; null before its end.</param>
public sealed record NetworkMoment(int Epoch, int Batch, int Batches, double Loss, double LearningRate, Network Network, NetworkEpoch? Result = null);
