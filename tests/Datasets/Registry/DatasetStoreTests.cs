using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using MLPath.Data;
using MLPath.Datasets;
using MLPath.Datasets.Registry.Downloading;
using MLPath.Datasets.Registry.Reading;

namespace MLPath.Tests.Datasets.Registry;

/// <summary>Downloads from a server on this machine: whole or not at all, continued, checked, and never by surprise.</summary>
[TestClass]
public sealed class DatasetStoreTests : IDisposable
{
    private static readonly byte[] Content = Encoding.UTF8.GetBytes(
        string.Concat(Enumerable.Range(0, 20_000).Select(i => $"line {i}\n")));

    private readonly TestFiles _cache = new();
    private readonly LocalServer _server = new();

    public void Dispose()
    {
        _server.Dispose();
        _cache.Dispose();
    }

    [TestMethod]
    public async Task A_file_is_downloaded_once_and_then_kept()
    {
        _server.Answers = _ => new Answer(200, Content);
        var progress = new Recorder();
        string path = (await Store().GetAsync(Set(), progress: progress)).Single();
        CollectionAssert.AreEqual(Content, await File.ReadAllBytesAsync(path));
        Assert.AreEqual(_cache[Path.Combine("text", "lines", "lines.txt")], path);
        Assert.AreEqual(new DatasetProgress("lines.txt", Content.Length, Content.Length), progress.Last);
        await Store().GetAsync(Set());
        Assert.HasCount(1, _server.Requests);
        Assert.AreEqual(DatasetLocation.Cache, Store().Locate(Set()));
        await Store().GetAsync(Set(), force: true);
        Assert.HasCount(2, _server.Requests);
    }

    [TestMethod]
    public async Task A_cut_connection_is_continued_where_it_broke()
    {
        _server.Answers = request => new Answer(200, Content) { CutAfter = request.From is null ? 70_000 : null };
        await Store().GetAsync(Set());
        Assert.HasCount(2, _server.Requests);
        Assert.AreEqual(70_000L, _server.Requests[1].From);
        Assert.AreEqual("\"one\"", _server.Requests[1].IfRange);
        CollectionAssert.AreEqual(Content, File.ReadAllBytes(Store().TryFindFile(Set().Files[0])!));
        AssertNothingPartial();
    }

    [TestMethod]
    public async Task A_later_process_continues_what_another_began()
    {
        _server.Answers = _ => new Answer(200, Content) { CutAfter = 50_000, StaysSilent = true };
        using var stop = new CancellationTokenSource();
        var received = new Recorder { WhenAt = (50_000, stop.Cancel) };
        await Assert.ThrowsAsync<OperationCanceledException>(() => Store().GetAsync(Set(), progress: received, cancellationToken: stop.Token));
        Assert.AreEqual(DatasetLocation.Nowhere, Store().Locate(Set()));
        Assert.IsNull(Store().TryFindFile(Set().Files[0]));

        _server.Answers = _ => new Answer(200, Content);
        await Store().GetAsync(Set());
        Assert.AreEqual(50_000L, _server.Requests[1].From);
        Assert.AreEqual(DatasetLocation.Cache, Store().Locate(Set()));
    }

    [TestMethod]
    [DataRow("\"two\"")]
    [DataRow(null)]
    public async Task A_file_that_changed_or_cannot_be_told_starts_again(string? tag)
    {
        _server.Answers = request => new Answer(200, Content)
        {
            Tag = tag is null || request.From is not null ? tag : "\"one\"",
            CutAfter = _server.Requests.Count == 1 ? 50_000 : null,
        };
        await Store().GetAsync(Set());
        CollectionAssert.AreEqual(Content, File.ReadAllBytes(Store().TryFindFile(Set().Files[0])!));
        Assert.AreEqual(tag is null ? null : 50_000L, _server.Requests[1].From);
    }

    [TestMethod]
    public async Task A_wrong_file_is_deleted_and_said_to_be_wrong()
    {
        _server.Answers = _ => new Answer(200, [.. Content, 1]);
        var error = await Assert.ThrowsExactlyAsync<DataException>(() => Store().GetAsync(Set()));
        StringAssert.Contains(error.Message, "is not the published file: its SHA-256 is");
        StringAssert.Contains(error.Message, "MLPATH_DATA");
        Assert.IsNull(Store().TryFindFile(Set().Files[0]));
        AssertNothingPartial();
    }

    [TestMethod]
    public async Task An_address_that_fails_gives_way_to_the_next()
    {
        _server.Answers = request => request.Path switch
        {
            "/gone" => new Answer(404, []),
            "/wrong" => new Answer(200, [1, 2, 3]),
            _ => new Answer(200, Content),
        };
        await Store().GetAsync(Set("gone", "wrong", "right"));
        CollectionAssert.AreEqual(new[] { "/gone", "/wrong", "/right" }, _server.Requests.Select(r => r.Path).ToArray());
        CollectionAssert.AreEqual(Content, File.ReadAllBytes(Store().TryFindFile(Set().Files[0])!));
    }

    [TestMethod]
    public async Task A_busy_server_is_asked_three_times_and_a_missing_file_once()
    {
        _server.Answers = request => new Answer(request.Path == "/busy" ? 503 : 404, []);
        var error = await Assert.ThrowsExactlyAsync<IOException>(() => Store().GetAsync(Set("busy", "gone")));
        Assert.HasCount(4, _server.Requests);
        StringAssert.Contains(error.Message, "/busy: the server answered 503 (ServiceUnavailable)");
        StringAssert.Contains(error.Message, "/gone: the server answered 404 (NotFound)");
        StringAssert.Contains(error.Message, "text/lines/lines.txt");
    }

    [TestMethod]
    public async Task An_answer_without_end_is_refused()
    {
        _server.Answers = _ => new Answer(200, new byte[(4 * Content.Length) + (17 << 20)]);
        var error = await Assert.ThrowsExactlyAsync<DataException>(() => Store().GetAsync(Set()));
        StringAssert.Contains(error.Message, "which is not the file");
        AssertNothingPartial();
    }

    [TestMethod]
    public async Task Silence_ends_an_attempt()
    {
        _server.Answers = request => new Answer(200, Content) { StaysSilent = request.From is null, CutAfter = request.From is null ? 1000 : null };
        var downloader = new Downloader(_server.Client) { RetryDelay = TimeSpan.Zero, Patience = TimeSpan.FromMilliseconds(200) };
        var part = new PartialFile(_cache["part"]);
        await downloader.FetchAsync(_server["lines.txt"], part, long.MaxValue, (_, _) => { }, CancellationToken.None);
        CollectionAssert.AreEqual(Content, File.ReadAllBytes(part.Path));
        Assert.AreEqual(1000L, _server.Requests[1].From);
    }

    [TestMethod]
    public async Task Several_at_once_download_once()
    {
        _server.Answers = _ => new Answer(200, Content);
        var paths = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Store().GetAsync(Set()))));
        Assert.HasCount(1, _server.Requests);
        Assert.IsTrue(paths.All(p => p[0] == paths[0][0]));
    }

    [TestMethod]
    public async Task A_damaged_file_in_the_cache_is_replaced()
    {
        _server.Answers = _ => new Answer(200, Content);
        string path = (await Store().GetAsync(Set()))[0];
        await File.WriteAllTextAsync(path, "damaged");
        await Store().GetAsync(Set());
        CollectionAssert.AreEqual(Content, await File.ReadAllBytesAsync(path));
    }

    [TestMethod]
    public async Task A_copy_compressed_otherwise_is_as_good()
    {
        static byte[] Compressed(CompressionLevel level)
        {
            using var memory = new MemoryStream();
            using (var gzip = new GZipStream(memory, level)) gzip.Write(Content);
            return memory.ToArray();
        }

        byte[] best = Compressed(CompressionLevel.SmallestSize), fast = Compressed(CompressionLevel.Fastest);
        CollectionAssert.AreNotEqual(best, fast);
        var set = Set() with
        {
            Files = [Set().Files[0] with { Bytes = best.Length, Checksums = [new(ChecksumKind.ContentSha256, Sha256(Content))] }],
        };
        foreach (byte[] body in new[] { best, fast })
        {
            _server.Answers = _ => new Answer(200, body);
            string path = (await Store().GetAsync(set, force: true))[0];
            CollectionAssert.AreEqual(body, await File.ReadAllBytesAsync(path));
        }
        _server.Answers = _ => new Answer(200, best[..^20]);
        var error = await Assert.ThrowsExactlyAsync<DataException>(() => Store().GetAsync(set, force: true));
        StringAssert.Contains(error.Message, "damaged or cut short");
    }

    [TestMethod]
    public async Task A_file_of_an_archive_is_unpacked()
    {
        using var archive = new MemoryStream();
        using (var zip = new ZipArchive(archive, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (string name in new[] { "../../evil.txt", "folder/lines.txt" })
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(Content);
            }
        }
        _server.Answers = _ => new Answer(200, archive.ToArray());
        var set = Set() with { Files = [Set().Files[0] with { Downloads = [new(_server["set.zip"], "folder/lines.txt")] }] };
        await Store().GetAsync(set);
        CollectionAssert.AreEqual(Content, File.ReadAllBytes(Store().TryFindFile(set.Files[0])!));
        CollectionAssert.AreEqual(new[] { ".partial", "text" }, _cache.Names);
        AssertNothingPartial();

        var missing = set with { Files = [set.Files[0] with { Downloads = [new(_server["set.zip"], "other.txt")] }] };
        var error = await Assert.ThrowsExactlyAsync<DataException>(() => Store().GetAsync(missing, force: true));
        StringAssert.Contains(error.Message, "has no file 'other.txt'");
    }

    [TestMethod]
    public async Task The_data_folder_comes_first_is_checked_and_never_written()
    {
        using var folder = new TestFiles();
        folder.Write(Content, "lines.txt");
        var store = new DatasetStore
        {
            DataFolder = Path.GetDirectoryName(folder["x"]),
            CacheFolder = Path.GetDirectoryName(_cache["x"])!,
            Client = _server.Client,
        };
        Assert.AreEqual(DatasetLocation.DataFolder, store.Locate(Set()));
        Assert.AreEqual(folder["lines.txt"], (await store.GetAsync(Set())).Single());
        Assert.AreEqual(20_000L, store.Load(Set()).GetRowCount());

        folder.Write("other", "lines.txt");
        var error = await Assert.ThrowsExactlyAsync<DataException>(() => store.GetAsync(Set(), force: true));
        StringAssert.Contains(error.Message, "is not the published file of the data set 'lines'");
        Assert.IsEmpty(_server.Requests);
        CollectionAssert.AreEqual(new[] { "lines.txt" }, folder.Names);
    }

    [TestMethod]
    public void Loading_what_is_not_here_says_how_to_get_it()
    {
        var error = Assert.ThrowsExactly<DataException>(() => Store().Load(Set()));
        string[] parts =
        [
            "mlpath datasets get lines", "DatasetRegistry.Get(\"lines\")", "download: true", "MLPATH_DATA", "text/lines/lines.txt", $"{_server.Root}",
        ];
        foreach (string part in parts)
            StringAssert.Contains(error.Message, part);
        Assert.IsEmpty(_server.Requests);
        var noTest = Assert.ThrowsExactly<ArgumentException>(() => Store().Load(Set(), DatasetPart.Test));
        StringAssert.Contains(noTest.Message, "it has no test part");
    }

    [TestMethod]
    public async Task A_cancelled_wait_for_another_process_ends()
    {
        Directory.CreateDirectory(_cache[".partial"]);
        using var other = await FileLock.AcquireAsync(_cache[Path.Combine(".partial", "text_lines_lines.txt.lock")], CancellationToken.None);
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await Assert.ThrowsAsync<OperationCanceledException>(() => Store().GetAsync(Set(), cancellationToken: stop.Token));
        Assert.IsEmpty(_server.Requests);
    }

    private DatasetStore Store() => new() { CacheFolder = Path.GetDirectoryName(_cache["x"])!, Client = _server.Client, RetryDelay = TimeSpan.Zero };

    private DatasetInfo Set(params string[] addresses) => new()
    {
        Name = "lines",
        Title = "Lines",
        Description = "Each row is a line.",
        Kind = DatasetKind.Language,
        Rows = 20_000,
        Features = [new("Line", "The line") { Type = TextDataViewType.Instance }],
        Source = _server.Root,
        Licence = "CC0 1.0",
        Citation = "None.",
        Files =
        [
            new DatasetFile
            {
                Path = "text/lines/lines.txt",
                Bytes = Content.Length,
                Downloads = [.. addresses.DefaultIfEmpty("lines.txt").Select(a => new DatasetDownload(_server[a]))],
                Checksums = [new(ChecksumKind.Sha256, Sha256(Content))],
            },
        ],
        Reader = TextReaders.Lines("lines.txt"),
    };

    // Beside the files themselves only locks may be left, which are empty.
    private void AssertNothingPartial() =>
        Assert.IsTrue(Directory.GetFiles(_cache[".partial"]).All(f => f.EndsWith(".lock", StringComparison.Ordinal) && new FileInfo(f).Length == 0));

    private static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private sealed class Recorder : IProgress<DatasetProgress>
    {
        public DatasetProgress Last { get; private set; }

        public (long Bytes, Action Then)? WhenAt { get; init; }

        public void Report(DatasetProgress value)
        {
            Last = value;
            if (WhenAt is var (bytes, then) && value.BytesReceived >= bytes) then();
        }
    }
}
