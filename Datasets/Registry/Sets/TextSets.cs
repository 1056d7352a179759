using System.Text;
using MLPath.Data;
using MLPath.Datasets.Registry.Reading;
using MLPath.Runtime;

namespace MLPath.Datasets.Registry.Sets;

/// <summary>Texts to classify, to continue and to translate.</summary>
internal static class TextSets
{
    private const string ImdbArchive = "aclImdb_v1.tar.gz";
    private const string NewsgroupsArchive = "20_newsgroup.tar.gz";

    public static IReadOnlyList<DatasetInfo> All { get; } =
        [SmsSpam, SentimentSentences, Imdb, Newsgroups, TinyShakespeare, Names, TatoebaFrench];

    private static DatasetInfo SmsSpam => new()
    {
        Name = "sms-spam",
        Aliases = ["sms"],
        Title = "SMS spam collection",
        Description = "Each row is one short message in English, most of them from volunteers in Singapore and the United Kingdom.",
        Kind = DatasetKind.Text,
        Task = LearningTask.Binary,
        Rows = 5574,
        Features = [Text("Message", "The message as it was written")],
        LabelColumn = "Label",
        LabelDescription = "Whether the message is wanted (ham) or not (spam)",
        Classes = ["ham", "spam"],
        Source = new("https://archive.ics.uci.edu/dataset/228/sms+spam+collection"),
        Licence = Hosts.CcBy4,
        Citation = "T. A. Almeida, J. M. Gómez Hidalgo, A. Yamakami (2011). Contributions to the study of SMS spam filtering. "
            + "ACM Symposium on Document Engineering, 259-262.",
        Files =
        [
            Hosts.File(
                "text/sms-spam/sms.tsv", 477_907, "7d039a24a6083ed9ef0f806ebad56bbb976e3aeb8de05669173bfdc4996c239d",
                Hosts.InArchive(Hosts.Uci("00228/smsspamcollection.zip"), "SMSSpamCollection"),
                Hosts.GitHub("justmarkham/DAT8", "master", "data/sms.tsv"),
                Hosts.GitHub("justmarkham/pycon-2016-tutorial", "master", "data/sms.tsv")),
        ],
        Reader = new TableReader
        {
            Files = ["sms.tsv"],
            Fields = ["Label", "Message"],
            Format = new() { Separator = '\t', Quoting = false },
        }.Read,
    };

    private static DatasetInfo SentimentSentences => new()
    {
        Name = "sentiment-sentences",
        Aliases = ["sentiment"],
        Title = "Sentiment labelled sentences",
        Description =
            "Each row is one sentence of a review that clearly praises or blames: 500 of each kind of products (amazon), films (imdb) "
            + "and restaurants (yelp).",
        Kind = DatasetKind.Text,
        Task = LearningTask.Binary,
        Rows = 3000,
        Features = [Text("Sentence", "The sentence, its quotation marks as written"), Text("Source", "The site: amazon, imdb or yelp")],
        LabelColumn = "Sentiment",
        LabelDescription = "Whether the sentence praises or blames",
        Classes = ["negative", "positive"],
        Source = new("https://archive.ics.uci.edu/dataset/331/sentiment+labelled+sentences"),
        Licence = Hosts.CcBy4,
        Citation = "D. Kotzias, M. Denil, N. de Freitas, P. Smyth (2015). From group to individual labels using deep features. KDD, "
            + "597-606.",
        Files =
        [
            SentenceFile("amazon_cells_labelled.txt", 58_226, "47003fc0a0d4840b00e96e715b6189bad09e7443a3da41c4cbe12ffc79f86ae3"),
            SentenceFile("imdb_labelled.txt", 85_285, "aef2e49e3da25714d61175e3a6e68eeef74a20a2f914318dc3be9947ea86512d"),
            SentenceFile("yelp_labelled.txt", 61_320, "c76468b7b5c6e56a0804d728345c5f84aa2142ddb214420f61cc9cfd4c00d2ea"),
        ],
        Reader = TextReaders.Sentences(
            [("amazon_cells_labelled.txt", "amazon"), ("imdb_labelled.txt", "imdb"), ("yelp_labelled.txt", "yelp")]),
    };

    private static DatasetInfo Imdb => new()
    {
        Name = "imdb",
        Aliases = ["aclimdb"],
        Title = "Large movie review dataset",
        Description =
            "Each row is one review of a film, with line breaks as <br />. Reviews give at most four or at least seven of ten points; no "
            + "film is in both parts. The archive's reviews without a label are left out.",
        Kind = DatasetKind.Text,
        Task = LearningTask.Binary,
        Rows = 25_000,
        TestRows = 25_000,
        Features = [Text("Review", "The review")],
        LabelColumn = "Sentiment",
        LabelDescription = "Whether the review praises or blames",
        Classes = ["negative", "positive"],
        Source = new("https://ai.stanford.edu/~amaas/data/sentiment/"),
        Licence = "No licence stated; published for research",
        Citation = "A. L. Maas, R. E. Daly, P. T. Pham, D. Huang, A. Y. Ng, C. Potts (2011). Learning word vectors for sentiment "
            + "analysis. ACL, 142-150.",
        Files =
        [
            new DatasetFile
            {
                Path = $"text/imdb/{ImdbArchive}",
                Bytes = 84_125_825,
                Downloads = [Hosts.Web($"https://ai.stanford.edu/~amaas/data/sentiment/{ImdbArchive}")],
                Checksums = [new(ChecksumKind.Md5, "7c2ac02c03563afcf9b574c7e56c153a")],
            },
        ],
        Reader = TextReaders.Folders(ImdbArchive, Encoding.UTF8, (part, folders) => folders switch
        {
            [.., "train", "neg"] when part == DatasetPart.Train => "negative",
            [.., "train", "pos"] when part == DatasetPart.Train => "positive",
            [.., "test", "neg"] when part == DatasetPart.Test => "negative",
            [.., "test", "pos"] when part == DatasetPart.Test => "positive",
            _ => null,
        }),
    };

    private static DatasetInfo Newsgroups => new()
    {
        Name = "20-newsgroups",
        Aliases = ["newsgroups", "20newsgroups"],
        Title = "20 Newsgroups",
        Description =
            "Each row is one message to one of twenty newsgroups of 1993, with its header lines: the original collection, in which some "
            + "messages went to several groups. Headers name the group; a fair test removes them first.",
        Kind = DatasetKind.Text,
        Task = LearningTask.Multiclass,
        Rows = 19_997,
        Features = [Text("Message", "The message with its header lines")],
        LabelColumn = "Newsgroup",
        LabelDescription = "The newsgroup that it was sent to",
        Classes =
        [
            "alt.atheism", "comp.graphics", "comp.os.ms-windows.misc", "comp.sys.ibm.pc.hardware", "comp.sys.mac.hardware", "comp.windows.x",
            "misc.forsale", "rec.autos", "rec.motorcycles", "rec.sport.baseball", "rec.sport.hockey", "sci.crypt", "sci.electronics", "sci.med",
            "sci.space", "soc.religion.christian", "talk.politics.guns", "talk.politics.mideast", "talk.politics.misc", "talk.religion.misc",
        ],
        Source = new("https://archive.ics.uci.edu/dataset/113/twenty+newsgroups"),
        Licence = Hosts.CcBy4,
        Citation = "K. Lang (1995). NewsWeeder: learning to filter netnews. International Conference on Machine Learning, 331-339.",
        Files =
        [
            new DatasetFile
            {
                Path = $"text/20newsgroups/{NewsgroupsArchive}",
                Bytes = 16_977_561,
                Downloads =
                [
                    Hosts.Web(Hosts.Uci("20newsgroups-mld/20_newsgroups.tar.gz")),
                    Hosts.Web("http://qwone.com/~jason/20Newsgroups/20news-19997.tar.gz"),
                ],
                Checksums = [new(ChecksumKind.EntriesSha256, "ff9e45a263cb91ea64a7c283e92eea2c2627f1f8b9613be0dbbf739ff418e3ae")],
            },
        ],
        Reader = TextReaders.Folders(NewsgroupsArchive, Encoding.Latin1, (_, folders) => folders is [.., var group] ? group : null),
    };

    private static DatasetInfo TinyShakespeare => new()
    {
        Name = "tiny-shakespeare",
        Aliases = ["shakespeare", "tinyshakespeare"],
        Title = "Tiny Shakespeare",
        Description = "Each row is one line, empty ones included, of about a million characters from Shakespeare's plays.",
        Kind = DatasetKind.Language,
        Rows = 40_000,
        Features = [Text("Line", "The line without its end")],
        Source = new("https://github.com/karpathy/char-rnn"),
        Licence = "Public domain text",
        Citation = "A. Karpathy (2015). The unreasonable effectiveness of recurrent neural networks.",
        Files =
        [
            Hosts.File(
                "text/tinyshakespeare/input.txt", 1_115_394, "86c4e6aa9db7c042ec79f339dcb96d42b0075e16b8fc2e86bf0ca57e2dc565ed",
                Hosts.GitHub("karpathy/char-rnn", "master", "data/tinyshakespeare/input.txt")),
        ],
        Reader = TextReaders.Lines("input.txt"),
    };

    private static DatasetInfo Names => new()
    {
        Name = "names",
        Title = "First names",
        Description =
            "Each row is one of the most frequent first names in the United States, in lower case, for models that invent names letter "
            + "by letter.",
        Kind = DatasetKind.Language,
        Rows = 32_033,
        Features = [Text("Name", "The name")],
        Source = new("https://github.com/karpathy/makemore"),
        Licence = "MIT (repository); the names are from the US Social Security Administration, public domain",
        Citation = "A. Karpathy (2022). makemore.",
        Files =
        [
            Hosts.File(
                "text/names/names.txt", 228_145, "0a30b5557f192f32ab962680889aac5f6fda0f4cecf40a6d0b5694f58ea8cc4d",
                Hosts.GitHub("karpathy/makemore", "master", "names.txt")),
        ],
        Reader = TextReaders.Lines("names.txt"),
    };

    private static DatasetInfo TatoebaFrench => new()
    {
        Name = "tatoeba-en-fr",
        Aliases = ["fra-eng", "eng-fra"],
        Title = "Tatoeba sentence pairs, English and French",
        Description =
            "Each row is a short sentence in English and its translation into French, ordered by length, as of 29 September 2017. Most "
            + "English sentences occur several times, with different translations.",
        Kind = DatasetKind.Translation,
        Rows = 142_787,
        Features = [Text("English", "The sentence in English")],
        LabelColumn = "French",
        LabelDescription = "The sentence in French",
        LabelType = TextDataViewType.Instance,
        Source = new("https://www.manythings.org/anki/"),
        Licence = "CC BY 2.0 FR; attribution: tatoeba.org and manythings.org/anki",
        Citation = "Tatoeba, www.tatoeba.org; pairs selected by www.manythings.org/anki.",
        Files =
        [
            Hosts.File(
                "parallel/tatoeba-eng-fra/fra-eng.zip", 2_951_390, "16c4f7d0df9e7c5e6c54cdb0447f3f4a18a55052ff5e2e0b27dd4a06c0e49d04",
                Hosts.GitHub("genimind/seq2seq", "843b8bc40396fbea4ac9171097122aacfc8b9660", "fra-eng.zip"),
                Hosts.GitHub("genimind/seq2seq", "master", "fra-eng.zip")),
        ],
        Reader = TextReaders.Pairs("fra-eng.zip", "fra.txt"),
    };

    private static DatasetFeature Text(string name, string description) => new(name, description) { Type = TextDataViewType.Instance };

    private static DatasetFile SentenceFile(string name, long bytes, string sha256) => Hosts.File(
        $"text/sentiment-sentences/{name}", bytes, sha256,
        Hosts.InArchive(Hosts.Uci("00331/sentiment%20labelled%20sentences.zip"), $"sentiment labelled sentences/{name}"));
}
