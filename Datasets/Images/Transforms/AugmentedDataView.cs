using MLPath.Data;
using MLPath.Numerics;

namespace MLPath.Transforms.Image;

/// <summary>The rows of a view, each followed by its changed copies.</summary>
internal sealed class AugmentedDataView(
    IDataView input, DataViewSchema.Column column, ImageAugmentingEstimator.Options options, ulong seed, LineageStep step) : BatchDataView
{
    private readonly int _rowsEach = options.Copies + (options.KeepOriginal ? 1 : 0);

    public override DataViewSchema Schema => input.Schema;

    public override DataLineage Lineage { get; } = input.Lineage.Then(step);

    public override long? GetRowCount() => input.GetRowCount() * _rowsEach;

    public override BatchCursor GetBatchCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, CancellationToken cancellationToken = default)
    {
        var columns = columnsNeeded.DistinctBy(c => c.Index).ToArray();
        return new Cursor(this, input.GetBatchCursor(columns, cancellationToken), columns, cancellationToken);
    }

    private sealed class Cursor : PieceCursor
    {
        private readonly AugmentedDataView _view;
        private readonly RandomStream _random;
        private int[] _repeated = [];
        private PixelPlanes? _from;
        private PixelPlanes? _to;

        // So many rows of the source that batches keep about their usual size.
        public Cursor(AugmentedDataView view, BatchCursor source, DataViewSchema.Column[] columns, CancellationToken cancellation)
            : base(source, Math.Max(1, RowBatch.DefaultSize / view._rowsEach), view.Schema, columns, cancellation) =>
            (_view, _random) = (view, new RandomStream(view.Seed));

        protected override void Fill(RowBatch batch, int first, int count)
        {
            int each = _view._rowsEach;
            if (_repeated.Length < count * each)
                _repeated = new int[count * each];
            for (int i = 0; i < count * each; i++)
                _repeated[i] = first + (i / each);
            var rows = _repeated.AsSpan(0, count * each);
            foreach (var (column, made) in Columns)
            {
                if (column != _view.ColumnIndex)
                    made.Gather(batch[column], rows);
                else if (made is ScalarColumn<MLImage?> images)
                    Change(batch.Scalars<MLImage?>(column), rows, batch.Position, images.Allocate(rows.Length));
                else
                    Change(batch.Vectors<float>(column), rows, batch.Position, (VectorColumn<float>)made);
            }

            Current.SetRows((batch.Position + first) * each, rows.Length);
        }

        private void Change(ReadOnlySpan<MLImage?> images, ReadOnlySpan<int> rows, long position, Span<MLImage?> results)
        {
            for (int i = 0; i < rows.Length; i++)
            {
                var image = images[rows[i]];
                if (image is null || ChangeOf(position, rows, i) is not { } change)
                {
                    results[i] = image;
                    continue;
                }

                var from = PixelPlanes.Of(image);
                var to = new PixelPlanes(from.Channels, from.Height, from.Width);
                change.Apply(from, to, colors: 3);
                results[i] = to.ToImage(image.Tag);
            }
        }

        private void Change(VectorColumn<float> vectors, ReadOnlySpan<int> rows, long position, VectorColumn<float> results)
        {
            _from ??= PixelPlanes.Of((VectorDataViewType)vectors.Type);
            _to ??= PixelPlanes.Of((VectorDataViewType)vectors.Type);
            var block = results.AllocateDense(rows.Length);
            for (int i = 0; i < rows.Length; i++)
            {
                var result = block.Slice(i * results.Size, results.Size);
                vectors.CopyRowTo(rows[i], result);
                if (ChangeOf(position, rows, i) is not { } change)
                    continue;
                result.CopyTo(_from.Values);
                change.Apply(_from, _to, _to.Channels);
                _to.Values.CopyTo(result);
            }
        }

        // The change of a copy; null for the row itself.
        private ImageChange? ChangeOf(long position, ReadOnlySpan<int> rows, int i)
        {
            int copy = (i % _view._rowsEach) - (_view.Options.KeepOriginal ? 1 : 0);
            return copy < 0 ? null : new ImageChange(_view.Options, _random.Derive(position + rows[i]).Derive(copy));
        }
    }

    private ImageAugmentingEstimator.Options Options => options;

    private ulong Seed => seed;

    private int ColumnIndex => column.Index;
}
