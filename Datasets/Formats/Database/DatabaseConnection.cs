using System.Data;
using System.Data.Common;
using MLPath.Data;

namespace MLPath.Datasets.Formats.Database;

/// <summary>A running command: connection, command and reader, closed together.</summary>
internal sealed class DatabaseConnection : IDisposable
{
    private readonly DbConnection _connection;
    private readonly DbCommand? _command;
    private readonly CancellationToken _cancellation;
    private readonly CancellationTokenRegistration _cancel;

    /// <summary>Connects and runs the command.</summary>
    public DatabaseConnection(DatabaseSource source, CommandBehavior behavior, CancellationToken cancellation)
    {
        _cancellation = cancellation;
        _connection = source.ProviderFactory.CreateConnection()
            ?? throw new ArgumentException($"{source.ProviderFactory.GetType().Name} makes no connections; give the factory of a database provider.");
        try
        {
            cancellation.ThrowIfCancellationRequested();
            _connection.ConnectionString = source.ConnectionString;
            _connection.Open();
            var command = _command = _connection.CreateCommand();
            command.CommandText = source.CommandText;
            command.CommandTimeout = source.CommandTimeoutInSeconds;
            _cancel = cancellation.Register(command.Cancel);
            Reader = command.ExecuteReader(behavior);
            Fields = [.. Enumerable.Range(0, Reader.FieldCount).Select(Reader.GetName)];
        }
        catch (DbException) when (cancellation.IsCancellationRequested)
        {
            Dispose();
            throw new OperationCanceledException(cancellation);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The rows.</summary>
    public DbDataReader Reader { get; } = null!;

    /// <summary>The names of the fields.</summary>
    public string[] Fields { get; } = [];

    /// <summary>Moves to the next row; false when there is none.</summary>
    public bool Read()
    {
        try
        {
            return Reader.Read();
        }
        catch (DbException) when (_cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(_cancellation);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _cancel.Dispose();
        Reader?.Dispose();
        _command?.Dispose();
        _connection.Dispose();
    }
}
