using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MLPath.Tests.Datasets.Registry;

/// <summary>What the server was asked for.</summary>
internal sealed record Request(string Path, long? From, string? IfRange);

/// <summary>What the server answers.</summary>
internal sealed record Answer(int Status, byte[] Body)
{
    /// <summary>The entity tag; none when null.</summary>
    public string? Tag { get; init; } = "\"one\"";

    /// <summary>After how many bytes of the body the connection is cut; never when null.</summary>
    public int? CutAfter { get; init; }

    /// <summary>Whether the connection then stays open in silence.</summary>
    public bool StaysSilent { get; init; }
}

/// <summary>A web server on this machine, for one connection at a time as well as for several.</summary>
internal sealed class LocalServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Request> _requests = [];

    public LocalServer()
    {
        _listener.Start();
        Root = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
        Client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = Timeout.InfiniteTimeSpan };
        _ = AcceptAsync();
    }

    public Uri Root { get; }

    public HttpClient Client { get; }

    /// <summary>Gives the answer to a request.</summary>
    public Func<Request, Answer> Answers { get; set; } = _ => new Answer(404, []);

    public IReadOnlyList<Request> Requests
    {
        get
        {
            lock (_requests) return [.. _requests];
        }
    }

    public Uri this[string path] => new(Root, path);

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
        Client.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task ServeAsync(TcpClient connection)
    {
        try
        {
            using var _ = connection;
            var stream = connection.GetStream();
            var request = await ReadAsync(stream);
            lock (_requests) _requests.Add(request);
            await WriteAsync(stream, request, Answers(request));
        }
        catch (Exception end) when (end is OperationCanceledException or IOException or SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task<Request> ReadAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        string path = (await reader.ReadLineAsync(_stop.Token) ?? "").Split(' ')[1];
        long? from = null;
        string? ifRange = null;
        while (await reader.ReadLineAsync(_stop.Token) is { Length: > 0 } line)
        {
            string value = line[(line.IndexOf(':') + 1)..].Trim();
            if (line.StartsWith("Range:", StringComparison.OrdinalIgnoreCase)) from = long.Parse(value["bytes=".Length..^1]);
            if (line.StartsWith("If-Range:", StringComparison.OrdinalIgnoreCase)) ifRange = value;
        }
        return new Request(path, from, ifRange);
    }

    private async Task WriteAsync(NetworkStream stream, Request request, Answer answer)
    {
        var (status, body) = (answer.Status, answer.Body);
        string range = "";
        if (status == 200 && request.From is { } from && request.IfRange == answer.Tag && answer.Tag is not null)
        {
            (status, range) = (206, $"Content-Range: bytes {from}-{body.Length - 1}/{body.Length}\r\n");
            body = body[(int)from..];
        }
        string tag = answer.Tag is null ? "" : $"ETag: {answer.Tag}\r\n";
        string head = $"HTTP/1.1 {status} Answer\r\nContent-Length: {body.Length}\r\n{range}{tag}Connection: close\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head), _stop.Token);
        await stream.WriteAsync(body.AsMemory(0, Math.Min(body.Length, answer.CutAfter ?? body.Length)), _stop.Token);
        await stream.FlushAsync(_stop.Token);
        if (answer.StaysSilent) await Task.Delay(Timeout.Infinite, _stop.Token);
    }
}
