using MLPath.Data;
using MLPath.Datasets.Formats;
using MLPath.Datasets.Formats.SvmLight;

namespace MLPath;

public static partial class FormatsCatalog
{
    extension(DataOperationsCatalog catalog)
    {
        /// <summary>Reads a file in the format of SVMlight and LIBSVM, whose features are numbered; see <see cref="SvmLightLoader"/>.</summary>
        /// <param name="path">The file, plain or gzip.</param>
        /// <param name="numberOfRows">How many rows to look at for the number of features; all when omitted. Not used with an input size.</param>
        /// <param name="inputSize">The number of features; those beyond are ignored. 0, the default, finds it in the file, in a pass now.</param>
        /// <param name="zeroBased">Whether the first feature has number 0. Default: false, it has number 1.</param>
        /// <returns>A view whose passes read the file anew: <c>Label</c>, <c>Weight</c>, <c>GroupId</c>, <c>Comment</c>, <c>Features</c>.</returns>
        /// <exception cref="FileNotFoundException">There is no such file.</exception>
        /// <exception cref="IOException">The path is a folder or a pipe, or cannot be read.</exception>
        /// <exception cref="DataException">
        /// A row cannot be read, or none has a feature; the message gives file, line, the text found and what was expected.
        /// </exception>
        public IDataView LoadFromSvmLightFile(string path, long? numberOfRows = null, int inputSize = 0, bool zeroBased = false)
        {
            var file = ExistingFile(path);
            return SvmLightLoader.Numbered(inputSize, zeroBased, numberOfRows, file).Load(file);
        }

        /// <summary>Reads a file in the format of SVMlight whose features have names instead of numbers, which become slot names.</summary>
        /// <param name="path">The file, plain or gzip.</param>
        /// <param name="numberOfRows">How many rows to look at for the names; all when omitted. Names that only occur later are ignored.</param>
        /// <returns>A view as of <c>LoadFromSvmLightFile</c>; slots are in the order in which their names first occur.</returns>
        /// <exception cref="FileNotFoundException">There is no such file.</exception>
        /// <exception cref="IOException">The path is a folder or a pipe, or cannot be read.</exception>
        /// <exception cref="DataException">A row cannot be read, or none has a feature.</exception>
        public IDataView LoadFromSvmLightFileWithFeatureNames(string path, long? numberOfRows = null)
        {
            var file = ExistingFile(path);
            return SvmLightLoader.Named(numberOfRows, file).Load(file);
        }

        /// <summary>Makes a loader of files in the format of SVMlight, whose features are numbered.</summary>
        /// <param name="numberOfRows">How many rows of the sample to look at for the number of features; all when omitted.</param>
        /// <param name="inputSize">The number of features; those beyond are ignored. 0, the default, finds it in the sample.</param>
        /// <param name="zeroBased">Whether the first feature has number 0. Default: false, it has number 1.</param>
        /// <param name="dataSample">A sample of the data; needed where the input size is not given.</param>
        /// <exception cref="ArgumentException">There is neither an input size nor a sample.</exception>
        /// <exception cref="DataException">The sample cannot be read, or has no features.</exception>
        public SvmLightLoader CreateSvmLightLoader(
            long? numberOfRows = null, int inputSize = 0, bool zeroBased = false, IMultiStreamSource? dataSample = null) =>
            SvmLightLoader.Numbered(inputSize, zeroBased, numberOfRows, dataSample);

        /// <summary>Makes a loader of files in the format of SVMlight, whose features have names.</summary>
        /// <param name="numberOfRows">How many rows of the sample to look at for the names; all when omitted.</param>
        /// <param name="dataSample">A sample of the data, in which the names are found.</param>
        /// <exception cref="ArgumentException">There is no sample.</exception>
        /// <exception cref="DataException">The sample cannot be read, or has no features.</exception>
        public SvmLightLoader CreateSvmLightLoaderWithFeatureNames(long? numberOfRows = null, IMultiStreamSource? dataSample = null) =>
            SvmLightLoader.Named(numberOfRows, dataSample);

        /// <summary>Writes label and features, and a group and a weight where asked for, in the format of SVMlight and LIBSVM.</summary>
        /// <param name="data">The view; one pass is made over it.</param>
        /// <param name="stream">Where to, as UTF-8; it stays open.</param>
        /// <param name="zeroBasedIndexing">Whether the first feature gets number 0. Default: false, it gets number 1.</param>
        /// <param name="binaryLabel">
        /// Whether labels above 0 are written as 1, others as −1 and missing ones as 0. Default: false, labels are written as they are.
        /// </param>
        /// <param name="labelColumnName">The label: a number or Boolean.</param>
        /// <param name="featureColumnName">The features: a vector of numbers of known size. Zeros are not written.</param>
        /// <param name="rowGroupColumnName">The group, a key, of which q + 1 is written as <c>qid:q</c>; none when omitted.</param>
        /// <param name="exampleWeightColumnName">The weight, written as <c>cost:</c> where it is not 1; none when omitted.</param>
        /// <exception cref="SchemaException">A column is missing or has another type.</exception>
        public void SaveInSvmLightFormat(
            IDataView data, Stream stream, bool zeroBasedIndexing = false, bool binaryLabel = false, string labelColumnName = "Label",
            string featureColumnName = "Features", string? rowGroupColumnName = null, string? exampleWeightColumnName = null)
        {
            ArgumentNullException.ThrowIfNull(data);
            ArgumentNullException.ThrowIfNull(stream);
            var saver = new SvmLightSaver(
                data.Schema, zeroBasedIndexing, binaryLabel, labelColumnName, featureColumnName, rowGroupColumnName, exampleWeightColumnName);
            saver.Save(data, stream, CancellationToken.None);
        }
    }

    // Views read files in later passes, and a wrong path should show now.
    private static MultiFileSource ExistingFile(string path)
    {
        SourceFile.OpenRaw(path).Dispose();
        return new MultiFileSource(path);
    }
}
