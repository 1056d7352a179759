using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace MLPath.Tests.Datasets.Formats.Database;

/// <summary>A database provider whose every command gives the rows of a table, and which counts what is open.</summary>
internal sealed class TableProvider(DataTable table) : DbProviderFactory
{
    public int Connections { get; private set; }

    public int Open { get; private set; }

    public int LastTimeout { get; private set; }

    public override DbConnection CreateConnection()
    {
        Connections++;
        return new Connection(this);
    }

    private sealed class Connection(TableProvider provider) : DbConnection
    {
        private ConnectionState _state;

        [AllowNull]
        public override string ConnectionString { get; set; } = "";

        public override string Database => "";

        public override string DataSource => "";

        public override string ServerVersion => "";

        public override ConnectionState State => _state;

        public override void Open()
        {
            _state = ConnectionState.Open;
            provider.Open++;
        }

        public override void Close()
        {
            if (_state == ConnectionState.Open) provider.Open--;
            _state = ConnectionState.Closed;
        }

        public override void ChangeDatabase(string databaseName) => throw new NotSupportedException();

        protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => throw new NotSupportedException();

        protected override DbCommand CreateDbCommand() => new Command(provider);

        protected override void Dispose(bool disposing)
        {
            Close();
            base.Dispose(disposing);
        }
    }

    private sealed class Command(TableProvider provider) : DbCommand
    {
        [AllowNull]
        public override string CommandText { get; set; } = "";

        public override int CommandTimeout { get; set; }

        public override CommandType CommandType { get; set; }

        public override bool DesignTimeVisible { get; set; }

        public override UpdateRowSource UpdatedRowSource { get; set; }

        protected override DbConnection? DbConnection { get; set; }

        protected override DbParameterCollection DbParameterCollection => throw new NotSupportedException();

        protected override DbTransaction? DbTransaction { get; set; }

        public override void Cancel() { }

        public override int ExecuteNonQuery() => throw new NotSupportedException();

        public override object? ExecuteScalar() => throw new NotSupportedException();

        public override void Prepare() { }

        protected override DbParameter CreateDbParameter() => throw new NotSupportedException();

        protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior)
        {
            provider.LastTimeout = CommandTimeout;
            return provider.Table.CreateDataReader();
        }
    }

    private DataTable Table => table;
}
