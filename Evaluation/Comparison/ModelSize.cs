using MLPath.Runtime;

namespace MLPath.Evaluation;

/// <summary>How large a model's file would be, without writing it.</summary>
internal static class ModelSize
{
    /// <summary>
    /// The bytes of the saved model, without schema and provenance: these tell of the data and of the clock, not of what was learned, and without them the
    /// size is a function of the model alone.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>The size; null for a model that cannot be saved, such as one with a step that is a user's function.</returns>
    public static long? Of(ITransformer model, CancellationToken cancellationToken)
    {
        using var counter = new CountingStream();
        try
        {
            ModelFile.Save(counter, model, new ModelManifest(), cancellationToken);
            return counter.Count;
        }
        catch (Exception error) when (error is NotSupportedException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Forgets what it is given and remembers how much it was.</summary>
    private sealed class CountingStream : Stream
    {
        public long Count { get; private set; }

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => Count;

        public override long Position
        {
            get => Count;
            set => throw new NotSupportedException();
        }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => Count += count;

        public override void Write(ReadOnlySpan<byte> buffer) => Count += buffer.Length;
    }
}
