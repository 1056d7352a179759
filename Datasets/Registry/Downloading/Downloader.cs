using System.Net;
using System.Net.Http.Headers;

namespace MLPath.Datasets.Registry.Downloading;

/// <summary>
/// Fetches one address into a file, goes on where a connection broke, and gives up after some attempts that brought nothing.
/// </summary>
/// <param name="client">The client; its own timeout is to be infinite, since large files take long.</param>
internal sealed class Downloader(HttpClient client)
{
    private const int FruitlessAttempts = 3;
    private const int MostAttempts = 25;

    /// <summary>The time before a second attempt; the third waits twice as long.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a connection may stay silent.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Fetches an address.</summary>
    /// <param name="url">The address.</param>
    /// <param name="part">Where to; what is there from an earlier attempt is continued if the server allows.</param>
    /// <param name="limit">The largest size that is possible.</param>
    /// <param name="progress">Is told of each block: bytes received, bytes in all where known.</param>
    /// <param name="cancellationToken">Ends the work; what has been received stays for later.</param>
    /// <exception cref="IOException">The address cannot be fetched; the message says why.</exception>
    public async Task FetchAsync(Uri url, PartialFile part, long limit, Action<long, long?> progress, CancellationToken cancellationToken)
    {
        int fruitless = 0;
        for (int attempt = 1; ; attempt++)
        {
            long before = part.Length;
            try
            {
                await AttemptAsync(url, part, limit, progress, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (Exception error) when (error is HttpRequestException or IOException && !cancellationToken.IsCancellationRequested)
            {
                fruitless = part.Length > before ? 0 : fruitless + 1;
                if (!IsPassing(error) || fruitless == FruitlessAttempts || attempt == MostAttempts)
                    throw new IOException(Reason(error), error);
            }
            await Task.Delay(RetryDelay * Math.Max(1, fruitless), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task AttemptAsync(Uri url, PartialFile part, long limit, Action<long, long?> progress, CancellationToken cancellationToken)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        silence.CancelAfter(Patience);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            // Ranges count the bytes of the file itself, not those of a form that was compressed for the way.
            request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("identity"));
            request.Headers.UserAgent.Add(new ProductInfoHeaderValue("MLPath", "1"));
            if (part.ConditionFor(url) is { } condition)
            {
                request.Headers.Range = new RangeHeaderValue(part.Length, null);
                request.Headers.IfRange = condition;
            }
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, silence.Token).ConfigureAwait(false);
            if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
            {
                if (response.Content.Headers.ContentRange?.Length == part.Length) return;
                part.Discard();
                throw new IOException("the server no longer has the file of which a part is here");
            }
            response.EnsureSuccessStatusCode();
            await ReceiveAsync(url, response, part, limit, progress, silence).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IOException(FormattableString.Invariant($"the server was silent for {Patience.TotalSeconds:0.#} s"));
        }
    }

    private async Task ReceiveAsync(
        Uri url, HttpResponseMessage response, PartialFile part, long limit, Action<long, long?> progress, CancellationTokenSource silence)
    {
        bool continues = response.StatusCode == HttpStatusCode.PartialContent && response.Content.Headers.ContentRange?.From == part.Length;
        var file = continues ? part.Continue() : part.Restart(url, response);
        await using (file.ConfigureAwait(false))
        {
            long received = continues ? part.Length : 0;
            long? total = received + response.Content.Headers.ContentLength;
            if (total > limit) throw new DataException(TooLarge(total.Value, limit));
            var content = await response.Content.ReadAsStreamAsync(silence.Token).ConfigureAwait(false);
            await using (content.ConfigureAwait(false))
            {
                var block = new byte[1 << 16];
                for (int read; (read = await content.ReadAsync(block, silence.Token).ConfigureAwait(false)) > 0;)
                {
                    silence.CancelAfter(Patience);
                    if ((received += read) > limit) throw new DataException(TooLarge(received, limit));
                    await file.WriteAsync(block.AsMemory(0, read), silence.Token).ConfigureAwait(false);
                    progress(received, total);
                }
            }
            if (received < total)
                throw new IOException(FormattableString.Invariant($"the connection ended after {received} of {total} bytes"));
        }
    }

    // Whether another attempt may go better: the server was busy, or the connection broke. An unknown host stays unknown.
    private static bool IsPassing(Exception error) => error switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError } => false,
        HttpRequestException { StatusCode: { } status } =>
            (int)status >= 500 || status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests,
        _ => true,
    };

    private static string Reason(Exception error) => error is HttpRequestException { StatusCode: { } status }
        ? FormattableString.Invariant($"the server answered {(int)status} ({status})")
        : error.Message.TrimEnd('.');

    private static string TooLarge(long bytes, long limit) =>
        FormattableString.Invariant($"the server sends {bytes} bytes or more, which is not the file; it has at most {limit}");
}
