using MLPath.Datasets.Formats;
using MLPath.Datasets.Formats.SvmLight;
using MLPath.Runtime;

namespace MLPath.Data;

/// <summary>
/// Loads files in the format of SVMlight and LIBSVM: a row is <c>label feature:value feature:value … # comment</c>, and features that are not
/// named are 0.
/// </summary>
/// <remarks>
/// <para>The columns are <c>Label</c> (Single), <c>Weight</c> (Single, from <c>cost:</c>, 1 where a row has none), <c>GroupId</c> (a key stored as
/// UInt64, from <c>qid:</c>; query q has key q + 1, and a row without or with a negative one is missing), <c>Comment</c> (Text) and
/// <c>Features</c> (a sparse vector of Single). <c>sid:</c> is ignored.</para>
/// <para>Blank lines and lines that begin with # are no rows. Features may be in any order, but none twice in a row. Files may be gzip, which
/// is recognised by their content. What cannot be read is an error with file and line; ML.NET passes over it in silence.</para>
/// <para>Source: T. Joachims (1999). Making large-scale SVM learning practical. In: Advances in Kernel Methods. MIT Press.</para>
/// </remarks>
public sealed class SvmLightLoader : IDataLoader<IMultiStreamSource>
{
    internal const string Id = "MLPath.SvmLightLoader";

    private readonly bool _zeroBased;
    private readonly NamedFeatures? _names;
    private readonly DataViewSchema _schema;

    private SvmLightLoader(int size, bool zeroBased, NamedFeatures? names)
    {
        (_zeroBased, _names) = (zeroBased, names);
        var schema = new DataViewSchema.Builder();
        schema.AddColumn("Label", NumberDataViewType.Single);
        schema.AddColumn("Weight", NumberDataViewType.Single);
        schema.AddColumn("GroupId", new KeyDataViewType(typeof(ulong), ulong.MaxValue - 1));
        schema.AddColumn("Comment", TextDataViewType.Instance);
        var annotations = new DataViewSchema.Annotations.Builder();
        if (names is not null) annotations.AddSlotNames(names.Names);
        schema.AddColumn("Features", new VectorDataViewType(NumberDataViewType.Single, size), annotations.ToAnnotations());
        _schema = schema.ToSchema();
    }

    /// <summary>A loader of numbered features.</summary>
    internal static SvmLightLoader Numbered(int inputSize, bool zeroBased, long? numberOfRows, IMultiStreamSource? sample)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(inputSize);
        if (inputSize > 0) return new SvmLightLoader(inputSize, zeroBased, names: null);
        var features = new NumberedFeatures(zeroBased, int.MaxValue);
        Scan(Required(sample, "inputSize is 0"), features, numberOfRows);
        if (features.SizeSeen == 0) throw NoFeatures(sample!, "give their number as inputSize");
        return new SvmLightLoader(features.SizeSeen, zeroBased, names: null);
    }

    /// <summary>A loader of features with names.</summary>
    internal static SvmLightLoader Named(long? numberOfRows, IMultiStreamSource? sample)
    {
        var names = new NamedFeatures();
        Scan(Required(sample, "features have names"), names, numberOfRows);
        int size = names.Names.Length;
        if (size == 0) throw NoFeatures(sample!, "check that this is the right file");
        return new SvmLightLoader(size, zeroBased: false, names);
    }

    /// <inheritdoc/>
    public string ComponentId => Id;

    /// <inheritdoc/>
    public DataViewSchema GetOutputSchema() => _schema;

    /// <summary>Makes a view of files. Each pass reads them anew.</summary>
    /// <param name="input">The files.</param>
    public IDataView Load(IMultiStreamSource input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new SvmLightDataView(this, input);
    }

    /// <summary>Writes how features are numbered and how many there are, or their names in the order of their slots.</summary>
    /// <inheritdoc/>
    public void Save(ModelSaveContext context)
    {
        if (_names is not null)
        {
            context.Write("FeatureNames", _names.Names);
            return;
        }
        context.Write("InputSize", Size);
        context.Write("ZeroBased", _zeroBased);
    }

    internal static SvmLightLoader Load(ModelLoadContext context)
    {
        if (context.Has("FeatureNames"))
        {
            var names = NamedFeatures.Of(context.ReadStrings("FeatureNames"))
                ?? throw context.Invalid("its features have names that are empty or repeat, or there are none");
            return new SvmLightLoader(names.Names.Length, zeroBased: false, names);
        }
        int size = context.ReadInt32("InputSize");
        return size > 0
            ? new SvmLightLoader(size, context.ReadBoolean("ZeroBased"), names: null)
            : throw context.Invalid($"its InputSize is {size}; expected 1 or more");
    }

    private int Size => _schema["Features"].Type.ValueCount;

    private static IMultiStreamSource Required(IMultiStreamSource? sample, string reason) => sample is { Count: > 0 }
        ? sample
        : throw new ArgumentException($"Give a sample of the data (dataSample): {reason}, so the features must be found in it.");

    private static DataException NoFeatures(IMultiStreamSource sample, string remedy) =>
        FormatError.Of(string.Join(", ", SourceFile.Names(sample)), $"no row has a feature; {remedy}");

    private static void Scan(IMultiStreamSource sample, SvmLightFeatures features, long? numberOfRows)
    {
        if (numberOfRows is { } limit) ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit, nameof(numberOfRows));
        var parser = new SvmLightParser(features);
        long rows = 0;
        for (int file = 0; file < sample.Count; file++)
        {
            using var lines = ByteLines.Open(sample, file);
            while ((numberOfRows is null || rows < numberOfRows) && parser.TryRead(lines, out _)) rows++;
        }
    }

    private sealed class SvmLightDataView : BatchDataView
    {
        private readonly SvmLightLoader _loader;
        private readonly IMultiStreamSource _source;

        public SvmLightDataView(SvmLightLoader loader, IMultiStreamSource source)
        {
            (_loader, _source) = (loader, source);
            Lineage = DataLineage.Of(SourceFile.Describe(SourceFile.Names(source)), () => DataFingerprint.Compute(this));
        }

        public override DataViewSchema Schema => _loader._schema;

        public override DataLineage Lineage { get; }

        public override BatchCursor GetBatchCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, CancellationToken cancellationToken = default)
        {
            SvmLightFeatures features = _loader._names is { } names
                ? names.ForReading()
                : new NumberedFeatures(_loader._zeroBased, _loader.Size);
            return new RowReaderCursor(Schema, new SvmLightRows(_source, features, Schema, columnsNeeded), cancellationToken);
        }
    }
}
