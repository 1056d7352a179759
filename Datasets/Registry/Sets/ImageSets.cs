using MLPath.Data;
using MLPath.Datasets.Registry.Reading;
using MLPath.Runtime;

namespace MLPath.Datasets.Registry.Sets;

/// <summary>Images with a class each, in a training and a test part.</summary>
internal static class ImageSets
{
    public static IReadOnlyList<DatasetInfo> All { get; } = [Mnist, FashionMnist, Cifar10];

    private static DatasetInfo Mnist => new()
    {
        Name = "mnist",
        Title = "MNIST handwritten digits",
        Description =
            "Each row is one handwritten digit in an image of 28 by 28 grey values, its strokes centred and scaled to a common size. The "
            + "writers of the test part are other people than those of the training part.",
        Kind = DatasetKind.Images,
        Task = LearningTask.Multiclass,
        Rows = 60_000,
        TestRows = 10_000,
        Features = [Pixels("Ink of each pixel, 0 (blank) to 255 (black), row by row from the top left", 28, 28)],
        LabelColumn = "Label",
        LabelDescription = "The digit that was written",
        Classes = Ten,
        Source = new("http://yann.lecun.com/exdb/mnist/"),
        Licence = "CC BY-SA 3.0, as commonly stated",
        Citation = "Y. LeCun, L. Bottou, Y. Bengio, P. Haffner (1998). Gradient-based learning applied to document recognition. "
            + "Proceedings of the IEEE 86(11), 2278-2324.",
        Files = IdxFiles(
            "mnist",
            [
                "https://ossci-datasets.s3.amazonaws.com/mnist/",
                "https://storage.googleapis.com/cvdf-datasets/mnist/",
                "http://yann.lecun.com/exdb/mnist/",
            ],
            [
                (9_630_610, "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
                (28_881, "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
                (1_648_877, "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
                (4_542, "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"),
            ]),
        Reader = ImageReaders.Idx,
    };

    private static DatasetInfo FashionMnist => new()
    {
        Name = "fashion-mnist",
        Aliases = ["fashion"],
        Title = "Fashion-MNIST pieces of clothing",
        Description =
            "Each row is one piece of clothing from a shop's catalogue in an image of 28 by 28 grey values. The set has the form of "
            + "MNIST and is harder. The classes 0 to 9 are T-shirt, trouser, pullover, dress, coat, sandal, shirt, sneaker, bag and "
            + "ankle boot.",
        Kind = DatasetKind.Images,
        Task = LearningTask.Multiclass,
        Rows = 60_000,
        TestRows = 10_000,
        Features = [Pixels("Grey value of each pixel, 0 (background) to 255, row by row from the top left", 28, 28)],
        LabelColumn = "Label",
        LabelDescription = "The number of the kind of clothing",
        Classes = Ten,
        Source = new("https://github.com/zalandoresearch/fashion-mnist"),
        Licence = "MIT",
        Citation = "H. Xiao, K. Rasul, R. Vollgraf (2017). Fashion-MNIST: a novel image dataset for benchmarking machine learning "
            + "algorithms. arXiv:1708.07747.",
        Files = IdxFiles(
            "fashion-mnist",
            [
                "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
                "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
            ],
            [
                (26_421_880, "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888"),
                (29_515, "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9"),
                (4_422_102, "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b"),
                (5_148, "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"),
            ]),
        Reader = ImageReaders.Idx,
    };

    private static DatasetInfo Cifar10 => new()
    {
        Name = "cifar-10",
        Aliases = ["cifar10"],
        Title = "CIFAR-10 colour photographs",
        Description =
            "Each row is one photograph of 32 by 32 pixels that shows one of ten kinds of animals and vehicles. Classes are equally "
            + "frequent.",
        Kind = DatasetKind.Images,
        Task = LearningTask.Multiclass,
        Rows = 50_000,
        TestRows = 10_000,
        Features = [Pixels("Red, then green, then blue of each pixel, 0 to 255, row by row from the top left", 3, 32, 32)],
        LabelColumn = "Label",
        LabelDescription = "What the photograph shows",
        Classes = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"],
        Source = new("https://www.cs.toronto.edu/~kriz/cifar.html"),
        Licence = "No licence stated; the publisher asks to cite the report",
        Citation = "A. Krizhevsky (2009). Learning multiple layers of features from tiny images. Technical report, University of Toronto.",
        Files =
        [
            Hosts.File(
                $"images/cifar-10/{Cifar10Archive}", 170_052_171, "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd",
                Hosts.Web($"https://www.cs.toronto.edu/~kriz/{Cifar10Archive}")),
        ],
        Reader = ImageReaders.Cifar10(Cifar10Archive),
    };

    private const string Cifar10Archive = "cifar-10-binary.tar.gz";

    private static string[] Ten => ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

    private static DatasetFeature Pixels(string description, params int[] dimensions) =>
        new("Pixels", description) { Type = new VectorDataViewType(NumberDataViewType.Single, dimensions) };

    private static DatasetFile[] IdxFiles(string folder, string[] hosts, (long Bytes, string ContentSha256)[] files)
    {
        string[] names = ["train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz", "t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz"];
        return
        [
            .. names.Zip(files, (name, file) => Hosts.Gzip(
                $"images/{folder}/{name}", file.Bytes, file.ContentSha256, [.. hosts.Select(host => Hosts.Web(host + name))])),
        ];
    }
}
