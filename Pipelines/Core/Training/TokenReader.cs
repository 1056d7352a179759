using MLPath.Data;

namespace MLPath.Trainers;

/// <summary>Reads tokens, counted from 0, out of a column of keys or of whole numbers.</summary>
internal abstract class TokenReader
{
    /// <summary>A reader of a column.</summary>
    public static TokenReader Of(DataViewSchema.Column column) => column.Type.Accept(new Factory(column));

    /// <summary>Adds the tokens of some rows for the training. Missing keys are left out.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="start">The first row.</param>
    /// <param name="end">The row after the last one.</param>
    /// <param name="tokens">Receives them.</param>
    /// <returns>One more than the greatest token; 0 without tokens.</returns>
    /// <exception cref="DataException">A value is no token.</exception>
    public abstract int Learn(RowBatch batch, int start, int end, VectorColumn<int> tokens);

    /// <summary>Replaces tokens by those of a batch to score. What is none of the V tokens of the training is left out.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="vocabularySize">V.</param>
    /// <param name="tokens">Receives them.</param>
    public abstract void Read(RowBatch batch, int vocabularySize, VectorColumn<int> tokens);

    private sealed class Factory(DataViewSchema.Column column) : IRawTypeVisitor<TokenReader>
    {
        public TokenReader Visit<T>() => new Typed<T>(column);
    }

    private sealed class Typed<T>(DataViewSchema.Column column) : TokenReader
    {
        // Tokens count from 0, and keys from 1: 0 is the missing key.
        private readonly int _missing = column.Type.KeyCount > 0 ? 1 : 0;
        private readonly int _most = column.Type.KeyCount > 0 ? (int)column.Type.KeyCount : FeatureFormat.MostIds;
        private T[] _row = [];
        private int[] _tokens = [];

        public override int Learn(RowBatch batch, int start, int end, VectorColumn<int> tokens)
        {
            int greatest = -1;
            var rows = batch.Vectors<T>(column.Index);
            for (int row = start; row < end; row++)
            {
                int count = 0;
                foreach (var value in Row(rows, row))
                {
                    long token = Number(value) - _missing;
                    if (token < 0 && _missing == 1)
                        continue;
                    if (token < 0 || token >= _most)
                        throw Wrong(value, batch.Position + row);
                    _tokens[count++] = (int)token;
                    greatest = Math.Max(greatest, (int)token);
                }

                tokens.AddRow(_tokens.AsSpan(0, count));
            }

            return greatest + 1;
        }

        public override void Read(RowBatch batch, int vocabularySize, VectorColumn<int> tokens)
        {
            tokens.Begin(VectorLayout.Ragged);
            var rows = batch.Vectors<T>(column.Index);
            for (int row = 0; row < rows.Count; row++)
            {
                int count = 0;
                foreach (var value in Row(rows, row))
                {
                    long token = Number(value) - _missing;
                    if (token >= 0 && token < vocabularySize)
                        _tokens[count++] = (int)token;
                }

                tokens.AddRow(_tokens.AsSpan(0, count));
            }
        }

        private ReadOnlySpan<T> Row(VectorColumn<T> rows, int row)
        {
            int length = rows.RowLength(row);
            if (_tokens.Length < length)
                _tokens = new int[Math.Max(length, 2 * _tokens.Length)];
            if (rows.Layout != VectorLayout.Sparse)
                return rows.RowValues(row);
            if (_row.Length < length)
                _row = new T[length];
            rows.CopyRowTo(row, _row);
            return _row.AsSpan(0, length);
        }

        // Below 0 for what is no whole number.
        private static long Number(T value) => value switch
        {
            uint number => number,
            byte number => number,
            ushort number => number,
            ulong number => number > int.MaxValue ? long.MaxValue : (long)number,
            int number => number,
            float number => float.IsInteger(number) && MathF.Abs(number) <= FeatureFormat.MostIds ? (long)number : -1,
            _ => -1,
        };

        private DataException Wrong(T value, long row) => new(_missing == 1
            ? FormattableString.Invariant($"Row {row}: '{column.Name}' holds key {value}; its type promises 1 to {_most}.")
            : FormattableString.Invariant($"Row {row}: '{column.Name}' holds {value}, which is no token: tokens are whole numbers from 0 to {_most - 1}. ")
                + "Make keys of other values with Transforms.Conversion.MapValueToKey.");
    }
}
