namespace MLPath.Data;

/// <summary>Writes one member into one column: what the member's and the column's types make of each other.</summary>
internal sealed class ColumnWriter<TRow>
{
    private readonly OpenColumn _open;

    private ColumnWriter(OpenColumn open) => _open = open;

    private delegate AppendMember<TRow> OpenColumn(ColumnBuffer buffer, bool oneRow);

    public static ColumnWriter<TRow> Create(RowMember member, DataViewSchema.Column column)
    {
        if (!MemberColumnType.Fits(member.Type, column.Type))
        {
            throw new SchemaException(
                $"{member.Describe()} cannot be column '{column.Name}' of type {column.Type}, which is written from {MemberColumnType.Fitting(column.Type)}. " +
                "Change one of the two types.");
        }

        return new(column.Type.Accept(new Factory(member, column)));
    }

    /// <summary>Gives what appends to a buffer.</summary>
    /// <param name="buffer">The buffer.</param>
    /// <param name="oneRow">Whether it is cleared before every row, and read before the row's object changes: then arrays are shown and not copied.</param>
    public AppendMember<TRow> Open(ColumnBuffer buffer, bool oneRow) => _open(buffer, oneRow);

    private sealed class Factory(RowMember member, DataViewSchema.Column column) : IRawTypeVisitor<OpenColumn>
    {
        private readonly int _size = column.Type.ValueCount;

        public OpenColumn Visit<T>()
        {
            ulong keys = column.Type.KeyCount;
            if (column.Type is VectorDataViewType)
            {
                return member.Type == typeof(string[]) ? Texts()
                    : member.Type == typeof(T[]) ? Array<T>(keys)
                    : Vector<T>(keys);
            }

            return member.Type == typeof(string) ? Text()
                : member.Type == typeof(float?) ? Nullable(float.NaN)
                : member.Type == typeof(double?) ? Nullable(double.NaN)
                : keys > 0 ? Key<T>(keys)
                : Value<T>();
        }

        private OpenColumn Value<T>()
        {
            var get = member.Getter<TRow, T>();
            return (buffer, _) =>
            {
                var to = (ScalarColumn<T>)buffer;
                return (ref row, _) => to.Add(get(ref row));
            };
        }

        private OpenColumn Key<T>(ulong count)
        {
            var get = member.Getter<TRow, T>();
            return (buffer, _) =>
            {
                var to = (ScalarColumn<T>)buffer;
                return (ref row, _) => to.Add(KeyValue.OrMissing(get(ref row), count));
            };
        }

        private OpenColumn Nullable<T>(T missing) where T : struct
        {
            var get = member.Getter<TRow, T?>();
            return (buffer, _) =>
            {
                var to = (ScalarColumn<T>)buffer;
                return (ref row, _) => to.Add(get(ref row) ?? missing);
            };
        }

        private OpenColumn Text()
        {
            var get = member.Getter<TRow, string?>();
            return (buffer, _) =>
            {
                var to = (ScalarColumn<ReadOnlyMemory<char>>)buffer;
                return (ref row, _) => to.Add(get(ref row).AsMemory());
            };
        }

        private OpenColumn Array<T>(ulong keys)
        {
            var get = member.Getter<TRow, T[]?>();
            return (buffer, oneRow) =>
            {
                var to = (VectorColumn<T>)buffer;
                if (oneRow && keys == 0 && _size > 0)
                {
                    return (ref row, position) =>
                    {
                        var values = get(ref row);
                        CheckLength(values?.Length, position);
                        to.AliasDense(values!, 0, 1);
                    };
                }

                T[] checkedKeys = [];
                return (ref row, position) =>
                {
                    var values = get(ref row);
                    CheckLength(values?.Length, position);
                    if (keys == 0 || values is null)
                        to.AddRow(values);
                    else
                        to.AddRow(KeyValue.OrMissing(values, keys, ref checkedKeys));
                };
            };
        }

        private OpenColumn Texts()
        {
            var get = member.Getter<TRow, string?[]?>();
            return (buffer, _) =>
            {
                var to = (VectorColumn<ReadOnlyMemory<char>>)buffer;
                ReadOnlyMemory<char>[] texts = [];
                return (ref row, position) =>
                {
                    var values = get(ref row);
                    CheckLength(values?.Length, position);
                    int length = values?.Length ?? 0;
                    if (texts.Length < length)
                        texts = new ReadOnlyMemory<char>[length];
                    for (int i = 0; i < length; i++)
                        texts[i] = values![i].AsMemory();
                    to.AddRow(texts.AsSpan(0, length));
                };
            };
        }

        private OpenColumn Vector<T>(ulong keys)
        {
            var get = member.Getter<TRow, VBuffer<T>>();
            return (buffer, _) =>
            {
                var to = (VectorColumn<T>)buffer;
                T[] scratch = [];
                return (ref row, position) =>
                {
                    var value = get(ref row);
                    CheckLength(value.Length, position);
                    var stored = value.GetValues();
                    if (keys > 0)
                        stored = KeyValue.OrMissing(stored, keys, ref scratch);
                    if (value.IsDense || value.Length == 0)
                        to.AddRow(stored);
                    else if (to.Size > 0)
                        to.AddRow(value.GetIndices(), stored);
                    else
                        to.AddRow(value.DenseValues());
                };
            };
        }

        private void CheckLength(int? length, long position)
        {
            if (_size != 0 && length != _size)
                throw WrongLength(length, position);
        }

        private DataException WrongLength(int? length, long position)
        {
            string found = length is null ? "is null" : $"has {length} values";
            return new DataException(
                $"Row {position}: member '{member.Name}' of {typeof(TRow).Name} {found}; column '{column.Name}', {column.Type}, needs {_size}.");
        }
    }
}
