using System.Globalization;
using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Transforms.Image;

/// <summary>Loads the image files that a text column names, as images or as their raw bytes. Learns nothing.</summary>
public sealed class ImageLoadingEstimator : TrivialEstimator<ImageLoadingTransformer>
{
    /// <summary>Creates the estimator.</summary>
    /// <param name="imageFolder">The folder that relative paths start from; null or empty for the current one.</param>
    /// <param name="type">Whether to make images; the bytes of the files otherwise.</param>
    /// <param name="columns">The columns to make, and the text columns with the paths.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public ImageLoadingEstimator(string? imageFolder, bool type, params IEnumerable<InputOutputColumnPair> columns)
        : base(new ImageLoadingTransformer(imageFolder, type, columns))
    {
        if (Transformer.ImageFolder.Length > 0 && !Directory.Exists(Transformer.ImageFolder))
            throw new DirectoryNotFoundException($"There is no folder '{imageFolder}' to load images from.");
    }

    /// <inheritdoc/>
    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return inputSchema.With(Transformer.Columns.Select(pair => Output(inputSchema[pair.InputColumnName], pair.OutputColumnName)).ToList());
    }

    private SchemaShape.Column Output(SchemaShape.Column input, string name)
    {
        if (input.Kind != SchemaShape.Column.VectorKind.Scalar || input.ItemType is not TextDataViewType)
            throw ImageLoadingTransformer.WrongInput(input.Name, input.TypeText);
        return Transformer.MakesImages
            ? ImageColumns.Shape(name, new ImageDataViewType())
            : new(name, SchemaShape.Column.VectorKind.VariableVector, NumberDataViewType.Byte, isKey: false);
    }
}

/// <summary>
/// Loads the image files that a text column names. An empty path is a missing image. Files are read when the rows are, each time that they are:
/// put <c>AppendCacheCheckpoint</c> behind the step that makes them small, where several passes are made.
/// </summary>
public sealed class ImageLoadingTransformer : OneToOneTransformer
{
    internal const string Id = "MLPath.LoadImages";

    // Photographs take some 50 megabytes each in memory, so only so many of them are held at a time.
    private const int RowsAtATime = 16;

    /// <summary>Creates the transformer.</summary>
    /// <param name="imageFolder">The folder that relative paths start from; null or empty for the current one.</param>
    /// <param name="type">Whether to make images; the bytes of the files otherwise.</param>
    /// <param name="columns">The columns to make, and the text columns with the paths.</param>
    public ImageLoadingTransformer(string? imageFolder, bool type, params IEnumerable<InputOutputColumnPair> columns) : base(columns) =>
        (ImageFolder, MakesImages) = (imageFolder ?? "", type);

    /// <summary>The folder that relative paths start from; empty for the current one.</summary>
    public string ImageFolder { get; }

    /// <summary>Whether it makes images; the bytes of the files otherwise.</summary>
    public bool MakesImages { get; }

    /// <inheritdoc/>
    public override string ComponentId => Id;

    /// <inheritdoc/>
    public override void Save(ModelSaveContext context)
    {
        SaveColumns(context);
        context.Write("ImageFolder", ImageFolder);
        context.Write("MakesImages", MakesImages);
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        string list = string.Join(", ", Columns);
        return $"{(MakesImages ? "LoadImages" : "LoadRawImageBytes")}({list}{(ImageFolder.Length == 0 ? "" : $"; from {ImageFolder}")})";
    }

    /// <summary>The view with the images, whose passes hold few of them in memory at a time.</summary>
    /// <param name="input">The view with the paths.</param>
    public override IDataView Transform(IDataView input) => base.Transform(new SmallBatchesDataView(input, RowsAtATime));

    internal static ImageLoadingTransformer Load(ModelLoadContext context) =>
        new(context.ReadString("ImageFolder"), context.ReadBoolean("MakesImages"), LoadColumns(context));

    internal static SchemaException WrongInput(string name, string found) =>
        SchemaException.WrongType(name, "text with the paths of files", found);

    /// <inheritdoc/>
    protected override ColumnFunction Bind(DataViewSchema.Column input, int index)
    {
        if (input.Type is not TextDataViewType)
            throw WrongInput(input.Name, input.Type.ToString()!);
        string name = Columns[index].OutputColumnName;
        if (!MakesImages)
        {
            var bytes = new DataViewSchema.DetachedColumn(name, new VectorDataViewType(NumberDataViewType.Byte));
            return new ColumnFunction([input], [bytes], () => (batch, outputs) => ReadBytes(batch, input, (VectorColumn<byte>)outputs[0]!));
        }

        var images = new DataViewSchema.DetachedColumn(name, new ImageDataViewType());
        return new ColumnFunction([input], [images], () => (batch, outputs) => ReadImages(batch, input, (ScalarColumn<MLImage?>)outputs[0]!));
    }

    private void ReadImages(RowBatch batch, DataViewSchema.Column input, ScalarColumn<MLImage?> images)
    {
        var paths = batch.Scalars<ReadOnlyMemory<char>>(input.Index);
        var to = images.Allocate(paths.Length);
        for (int row = 0; row < paths.Length; row++)
            to[row] = paths[row].IsEmpty ? null : Read(batch.Position + row, input, paths[row], MLImage.CreateFromFile);
    }

    private void ReadBytes(RowBatch batch, DataViewSchema.Column input, VectorColumn<byte> bytes)
    {
        bytes.Begin(VectorLayout.Ragged);
        var paths = batch.Scalars<ReadOnlyMemory<char>>(input.Index);
        for (int row = 0; row < paths.Length; row++)
            bytes.AddRow(paths[row].IsEmpty ? default : Read(batch.Position + row, input, paths[row], File.ReadAllBytes));
    }

    private T Read<T>(long row, DataViewSchema.Column input, ReadOnlyMemory<char> path, Func<string, T> read)
    {
        string file = Path.Combine(ImageFolder, path.ToString());
        try
        {
            return read(file);
        }
        catch (Exception error) when (error is DataException or IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            string message = error is FileNotFoundException or DirectoryNotFoundException
                ? $"there is no file '{file}'. Paths start from {(ImageFolder.Length == 0 ? "the current folder" : $"the folder '{ImageFolder}'")}."
                : error.Message;
            throw new DataException(string.Create(CultureInfo.InvariantCulture, $"Row {row}, column '{input.Name}': {message}"), error);
        }
    }
}

/// <summary>A view whose batches have few rows, for columns whose values are large.</summary>
internal sealed class SmallBatchesDataView(IDataView input, int rows) : BatchDataView
{
    public override DataViewSchema Schema => input.Schema;

    public override DataLineage Lineage => input.Lineage;

    public override long? GetRowCount() => input.GetRowCount();

    public override BatchCursor GetBatchCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, CancellationToken cancellationToken = default)
    {
        var columns = columnsNeeded.DistinctBy(c => c.Index).ToArray();
        return new Cursor(input.GetBatchCursor(columns, cancellationToken), Schema, columns, rows, cancellationToken);
    }

    private sealed class Cursor(
        BatchCursor source, DataViewSchema schema, DataViewSchema.Column[] columns, int rows, CancellationToken cancellation)
        : PieceCursor(source, rows, schema, columns, cancellation)
    {
        protected override void Fill(RowBatch batch, int first, int count)
        {
            foreach (var (column, slice) in Columns)
                slice.Slice(batch[column], first, count);
            Current.SetRows(batch.Position + first, count);
        }
    }
}
