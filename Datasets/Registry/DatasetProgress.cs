namespace MLPath.Datasets;

/// <summary>How far a download has come.</summary>
/// <param name="File">The name of the file.</param>
/// <param name="BytesReceived">How many of its bytes are here, those of an earlier attempt included.</param>
/// <param name="TotalBytes">How many there will be; null where the server does not say.</param>
public readonly record struct DatasetProgress(string File, long BytesReceived, long? TotalBytes);
