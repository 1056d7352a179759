using System.Data.Common;

namespace MLPath.Data;

/// <summary>A command to a database: with which provider, where, and what.</summary>
public sealed class DatabaseSource
{
    private const int DefaultTimeoutInSeconds = 30;

    /// <summary>Creates a source whose command may take 30 seconds.</summary>
    /// <param name="providerFactory">The provider of the database, such as <c>NpgsqlFactory.Instance</c> or <c>SqliteFactory.Instance</c>.</param>
    /// <param name="connectionString">What the provider needs to connect.</param>
    /// <param name="commandText">The command, such as <c>SELECT a, b FROM t ORDER BY id</c>.</param>
    public DatabaseSource(DbProviderFactory providerFactory, string connectionString, string commandText)
        : this(providerFactory, connectionString, commandText, DefaultTimeoutInSeconds) { }

    /// <summary>Creates a source.</summary>
    /// <param name="providerFactory">The provider of the database.</param>
    /// <param name="connectionString">What the provider needs to connect.</param>
    /// <param name="commandText">The command. It runs anew in each pass over a view; without an order, passes may differ in theirs.</param>
    /// <param name="commandTimeoutInSeconds">How long the command may take, at least 0; 0 means without end.</param>
    public DatabaseSource(DbProviderFactory providerFactory, string connectionString, string commandText, int commandTimeoutInSeconds)
    {
        ArgumentNullException.ThrowIfNull(providerFactory);
        ArgumentNullException.ThrowIfNull(connectionString);
        ArgumentException.ThrowIfNullOrWhiteSpace(commandText);
        ArgumentOutOfRangeException.ThrowIfNegative(commandTimeoutInSeconds);
        (ProviderFactory, ConnectionString, CommandText, CommandTimeoutInSeconds) =
            (providerFactory, connectionString, commandText, commandTimeoutInSeconds);
    }

    /// <summary>How long the command may take, in seconds; 0 means without end.</summary>
    public int CommandTimeoutInSeconds { get; }

    /// <summary>The command.</summary>
    public string CommandText { get; }

    /// <summary>What the provider needs to connect.</summary>
    public string ConnectionString { get; }

    /// <summary>The provider of the database.</summary>
    public DbProviderFactory ProviderFactory { get; }
}
