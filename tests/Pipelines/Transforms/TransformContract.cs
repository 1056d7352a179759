using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Tests.Transforms;

/// <summary>What every transform must keep, whatever it does.</summary>
internal static class TransformContract
{
    /// <summary>Checks an estimator on some data; gives the transformed data.</summary>
    /// <param name="estimator">The estimator.</param>
    /// <param name="data">Data it can be fitted on, with at least two rows.</param>
    /// <param name="learns">Whether it reads the data to learn from them.</param>
    /// <param name="catalog">The components that a file may hold; those of MLPath when omitted.</param>
    /// <param name="allocates">Whether it needs new objects for each row.</param>
    public static IDataView Check<TTransformer>(
        IEstimator<TTransformer> estimator, InMemoryDataView data, bool learns, ComponentCatalog? catalog = null, bool allocates = false)
        where TTransformer : class, ITransformer
    {
        var transformer = estimator.Fit(data);
        var made = transformer.Transform(data);
        string bits = Bits(made);

        KeepsItsPromise(estimator, data, made, andNoMore: true);
        Assert.AreEqual(bits, Bits(made), "A second pass gives other values.");
        Assert.IsTrue(made.Schema.Select(c => c.Type).SequenceEqual(transformer.GetOutputSchema(data.Schema).Select(c => c.Type)));
        Assert.IsTrue(transformer.IsRowToRowMapper);
        Assert.DoesNotContain("MLPath", $"{estimator}{transformer}", "It should describe itself in words.");
        Assert.AreEqual($"{transformer}", made.Lineage.Steps[^1].Description);
        Assert.AreEqual(learns ? data.Lineage.Fingerprint : null, transformer.FittedOn?.Fingerprint);

        SurvivesAFile(transformer, data, bits, catalog);
        DoesNotDependOnBatches(estimator, data, SaveBytes(transformer), bits);
        OneRowEqualsBatch(transformer, data, made, allocates);
        if (learns)
            StopsWhenAsked(estimator, data);
        return made;
    }

    /// <summary>Names, types, values and annotations of the visible columns, bit for bit.</summary>
    public static string Bits(IDataView view) =>
        DataFingerprint.Compute(view) + string.Concat(view.Schema.Where(c => !c.IsHidden).Select(AnnotationText));

    public static byte[] SaveBytes(ICanSaveModel model) => Models.Models.Save(model);

    public static ITransformer Reload(ICanSaveModel model, ComponentCatalog? catalog = null) =>
        (ITransformer)Models.Models.Load(SaveBytes(model), catalog ?? new MLContext().Components).Root;

    /// <summary>Checks that every column promised before the fit is there as it was promised.</summary>
    /// <param name="estimator">What promised.</param>
    /// <param name="data">The data it was fitted on.</param>
    /// <param name="made">What was made of them.</param>
    /// <param name="andNoMore">Whether every annotation must have been promised, that of being normalised apart.</param>
    public static void KeepsItsPromise<TTransformer>(IEstimator<TTransformer> estimator, IDataView data, IDataView made, bool andNoMore = false)
        where TTransformer : class, ITransformer
    {
        var promise = estimator.GetOutputSchema(SchemaShape.Create(data.Schema));
        var kept = SchemaShape.Create(made.Schema);
        CollectionAssert.AreEquivalent(promise.Select(c => c.Name).ToArray(), kept.Select(c => c.Name).ToArray());
        foreach (var column in promise)
            Keeps(column, kept[column.Name], andNoMore);
    }

    private static void Keeps(SchemaShape.Column promise, SchemaShape.Column kept, bool andNoMore)
    {
        Assert.AreEqual(promise.Kind, kept.Kind, $"{promise} became {kept}");
        Assert.AreEqual(promise.IsKey, kept.IsKey, $"{promise} became {kept}");
        Assert.AreEqual(promise.ItemType, kept.ItemType, $"{promise} became {kept}");
        if (promise.Dimensions.Count > 0)
            CollectionAssert.AreEqual(promise.Dimensions.ToArray(), kept.Dimensions.ToArray(), $"{promise} became {kept}");
        if (promise.KeyCount is not null)
            Assert.AreEqual(promise.KeyCount, kept.KeyCount, $"{promise} became {kept}");
        foreach (var annotation in promise.Annotations)
            Keeps(annotation, kept.Annotations[annotation.Name], andNoMore);
        foreach (var annotation in kept.Annotations.Where(_ => andNoMore))
            Assert.IsTrue(promise.Annotations.TryFindColumn(annotation.Name, out _) || annotation.Name == AnnotationKinds.IsNormalized,
                $"{promise.Name} has an annotation {annotation.Name} that was not promised.");
    }

    private static void SurvivesAFile(ITransformer transformer, IDataView data, string bits, ComponentCatalog? catalog)
    {
        var loaded = Reload(transformer, catalog);
        Assert.AreEqual(bits, Bits(loaded.Transform(data)), "The model from the file gives other values.");
        Assert.AreEqual($"{transformer}", $"{loaded}");
        CollectionAssert.AreEqual(SaveBytes(transformer), SaveBytes(loaded), "Saved again, the file is another.");
    }

    private static void DoesNotDependOnBatches<TTransformer>(IEstimator<TTransformer> estimator, IDataView data, byte[] model, string bits)
        where TTransformer : class, ITransformer
    {
        foreach (IDataView same in (IDataView[])[new Rebatched(data, 1), new Rebatched(data, 3), new CursorOnly(data)])
        {
            var transformer = estimator.Fit(same);
            CollectionAssert.AreEqual(model, SaveBytes(transformer), $"{same.GetType().Name}: the model depends on how the rows come.");
            Assert.AreEqual(bits, Bits(transformer.Transform(same)), $"{same.GetType().Name}: the values depend on how the rows come.");
        }
    }

    private static void OneRowEqualsBatch(ITransformer transformer, InMemoryDataView data, IDataView made, bool allocates)
    {
        var mapper = transformer.GetRowToRowMapper(data.Schema);
        var worker = mapper.CreateWorker(mapper.OutputSchema);
        var rows = mapper.OutputSchema.Select(c => ColumnBuffer.Create(c.Type)).ToArray();
        var one = new RowBatch(data.Schema);
        for (int i = 0; i < data.Schema.Count; i++)
            one.Set(i, ColumnBuffer.Create(data.Schema[i].Type));
        for (int row = 0; row < data.RowCount; row++)
        {
            MoveTo(row);
            var result = worker.Map(one);
            Assert.AreEqual(1, result.Count);
            for (int i = 0; i < rows.Length; i++)
                rows[i].Append(result[i]);
        }

        Assert.AreEqual(DataFingerprint.Compute(made), DataFingerprint.Compute(new InMemoryDataView(mapper.OutputSchema, rows)), "One row gives other values than a batch.");

        if (allocates)
            return;
        // The buffers have grown to their sizes: from now on nothing is allocated.
        MoveTo(0);
        worker.Map(one);
        long before = GC.GetAllocatedBytesForCurrentThread();
        worker.Map(one);
        Assert.AreEqual(0, GC.GetAllocatedBytesForCurrentThread() - before, "Mapping one row allocates.");

        void MoveTo(int row)
        {
            for (int i = 0; i < data.Schema.Count; i++)
                one[i].Slice(data.GetColumn(i), row, 1);
            one.SetRows(row, 1);
        }
    }

    private static void StopsWhenAsked<TTransformer>(IEstimator<TTransformer> estimator, IDataView data) where TTransformer : class, ITransformer
    {
        int seen = 0;
        estimator.Fit(new Rebatched(data, 1), new FitContext { OnCheckpoint = () => seen++ });
        Assert.IsGreaterThanOrEqualTo((int)InMemoryDataView.Load(data).GetRowCount()!, seen, "Every batch is a checkpoint.");
        for (int stop = 1; stop <= seen; stop++)
        {
            using var source = new CancellationTokenSource();
            int left = stop;
            Assert.ThrowsExactly<OperationCanceledException>(() => estimator.Fit(new Rebatched(data, 1), new FitContext
            {
                CancellationToken = source.Token,
                OnCheckpoint = () =>
                {
                    if (--left == 0)
                        source.Cancel();
                },
            }));
        }
    }

    private static string AnnotationText(DataViewSchema.Column column) =>
        $"|{column.Name}:" + string.Join(";", column.Annotations.Schema.Select(a => $"{a}={a.Type.Accept(new Values(column.Annotations, a))}"));

    private sealed class Values(DataViewSchema.Annotations annotations, DataViewSchema.Column kind) : IRawTypeVisitor<string>
    {
        public string Visit<T>()
        {
            if (kind.Type is not VectorDataViewType)
                return annotations.TryGetValue(kind.Name, out T? scalar) ? $"{scalar}" : "?";
            VBuffer<T> vector = default;
            annotations.GetValue(kind.Name, ref vector);
            return string.Join(",", vector.DenseValues());
        }
    }
}
