namespace MLPath.Datasets;

/// <summary>Which of the CIFAR sets a file holds.</summary>
public enum CifarVariant
{
    /// <summary>CIFAR-10: a record is a label from 0 to 9 and the pixels.</summary>
    Cifar10,

    /// <summary>CIFAR-100: a record is a coarse label from 0 to 19, a fine label from 0 to 99 and the pixels.</summary>
    Cifar100,
}
