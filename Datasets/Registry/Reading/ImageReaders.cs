using MLPath.Datasets.Formats;
using MLPath.Datasets.Formats.Cifar;
using MLPath.Datasets.Formats.Idx;
using MLPath.Datasets.Registry.Downloading;

namespace MLPath.Datasets.Registry.Reading;

/// <summary>Reads images with their labels.</summary>
internal static class ImageReaders
{
    /// <summary>The four files of MNIST, whose names others took over.</summary>
    public static IDataView Idx(DatasetContent content)
    {
        string part = content.Part == DatasetPart.Test ? "t10k" : "train";
        return IdxView.Load(
            content.PathOf($"{part}-images-idx3-ubyte.gz"), content.PathOf($"{part}-labels-idx1-ubyte.gz"), content.CancellationToken);
    }

    /// <summary>CIFAR-10 from the archive of its binary version.</summary>
    public static DatasetReader Cifar10(string archive) => content =>
    {
        string prefix = content.Part == DatasetPart.Test ? "test_batch" : "data_batch_";
        string path = content.PathOf(archive);
        var batches = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var (name, file) in Archive.Files(path))
        {
            string batch = name[(name.LastIndexOf('/') + 1)..];
            if (batch.StartsWith(prefix, StringComparison.Ordinal) && batch.EndsWith(".bin", StringComparison.Ordinal))
                batches.Add(batch, ContentBytes.Read(file, Array.MaxLength, available: null, content.CancellationToken));
        }
        return batches.Count == 0
            ? throw new DataException($"{path} holds no files '{prefix}….bin'.")
            : CifarView.Load([.. batches.Select(b => (b.Key, b.Value))], CifarVariant.Cifar10);
    };
}
