using System.Numerics.Tensors;
using MLPath.Data;

namespace MLPath.Datasets.Formats.Cifar;

/// <summary>
/// The images of CIFAR files in the binary version: records of one or two label bytes and 3 × 32 × 32 pixels, which stay bytes in memory.
/// </summary>
/// <remarks>Source: A. Krizhevsky (2009). Learning Multiple Layers of Features from Tiny Images. Technical report, University of Toronto.</remarks>
internal static class CifarView
{
    private const int Planes = 3;
    private const int Side = 32;
    private const int PixelBytes = Planes * Side * Side;

    /// <summary>Files by their paths.</summary>
    public static ComputedView Load(IReadOnlyList<string> paths, CifarVariant variant, CancellationToken cancellationToken)
    {
        if (paths.Count == 0) throw new ArgumentException("There is no file to load; give at least one.", nameof(paths));
        return Load([.. paths.Select(path => (path, Read(path, cancellationToken)))], variant);
    }

    /// <summary>Files in memory, each with its name.</summary>
    public static ComputedView Load(IReadOnlyList<(string Name, byte[] Content)> files, CifarVariant variant)
    {
        var labels = variant == CifarVariant.Cifar10
            ? new[] { ("Label", CifarLabels.Cifar10) }
            : [("CoarseLabel", CifarLabels.Coarse100), ("Label", CifarLabels.Fine100)];
        int recordLength = labels.Length + PixelBytes;
        var records = new List<ReadOnlyMemory<byte>>();
        foreach (var (name, content) in files) AddRecords(name, content, recordLength, labels, records, variant);

        var schema = new DataViewSchema.Builder();
        schema.AddColumn("Pixels", new VectorDataViewType(NumberDataViewType.Single, Planes, Side, Side));
        var columns = new List<FillColumn>
        {
            (buffer, start, count) =>
            {
                var to = ((VectorColumn<float>)buffer).AllocateDense(count);
                for (int i = 0; i < count; i++)
                    TensorPrimitives.ConvertTruncating<byte, float>(records[start + i].Span[^PixelBytes..], to[(i * PixelBytes)..]);
            },
        };
        for (int l = 0; l < labels.Length; l++)
        {
            int place = l;
            var texts = labels[l].Item2.Select(n => n.AsMemory()).ToArray();
            schema.AddColumn(labels[l].Item1, TextDataViewType.Instance);
            columns.Add((buffer, start, count) =>
            {
                var to = ((ScalarColumn<ReadOnlyMemory<char>>)buffer).Allocate(count);
                for (int i = 0; i < count; i++) to[i] = texts[records[start + i].Span[place]];
            });
        }
        return new ComputedView(schema.ToSchema(), [.. columns], records.Count, SourceFile.Describe([.. files.Select(f => f.Name)]));
    }

    private static byte[] Read(string path, CancellationToken cancellationToken)
    {
        using var content = SourceFile.OpenContent(path, out long? length);
        return length > Array.MaxLength
            ? throw FormatError.Of(path, "the file is larger than the 2 GB that can be read; give it in parts")
            : ContentBytes.Read(content, Array.MaxLength, length, cancellationToken);
    }

    private static void AddRecords(
        string path, byte[] bytes, int recordLength, (string Name, string[] Texts)[] labels, List<ReadOnlyMemory<byte>> records,
        CifarVariant variant)
    {
        if (bytes.Length == 0 || bytes.Length % recordLength != 0)
        {
            throw FormatError.Of(
                path, $"{bytes.Length} bytes are not a number of records of {recordLength} bytes, as {variant} has them; it must be the binary version, unpacked");
        }
        for (int at = 0; at < bytes.Length; at += recordLength)
        {
            var record = bytes.AsMemory(at, recordLength);
            for (int l = 0; l < labels.Length; l++)
            {
                if (record.Span[l] >= labels[l].Texts.Length)
                {
                    throw FormatError.Of(
                        path, $"{labels[l].Name} of record {at / recordLength} is {record.Span[l]}; {variant} has 0 to {labels[l].Texts.Length - 1}");
                }
            }
            records.Add(record);
        }
    }
}
