using MLPath.Data;
using MLPath.Reports;

namespace MLPath.Evaluation.Tests.Reports;

[TestClass]
public sealed class ImageSectionTests
{
    private static readonly ImageSection Section = new("Mistakes", new ImageLayout(1, 4, 5), [new("4 taken for <9>", [.. Enumerable.Range(0, 20).Select(i => (float)i)]), new("blank", new float[20])]);

    [TestMethod]
    public void A_page_holds_each_image_with_its_caption()
    {
        using var page = new StringWriter();
        HtmlReportWriter.Write(new Report("Digits", "Two mistakes.") { Sections = [Section] }, page);
        string html = page.ToString();
        string[] files = [.. html.Split("data:image/bmp;base64,").Skip(1).Select(rest => rest[..rest.IndexOf('"', StringComparison.Ordinal)])];
        Assert.HasCount(2, files);
        byte[] file = Convert.FromBase64String(files[0]);
        Assert.HasCount(54 + (16 * 4), file);
        Assert.AreEqual(0, file[54 + (16 * 3)], "the least value, at the top left, is black");
        Assert.AreEqual(255, file[54 + 12], "the greatest value, at the bottom right, is white");
        StringAssert.Contains(html, "4 taken for &lt;9&gt;");
    }

    [TestMethod]
    public void Markdown_tells_the_captions()
    {
        using var text = new StringWriter();
        MarkdownReportWriter.Write(new Report("Digits", "Two mistakes.") { Sections = [Section] }, text);
        StringAssert.Contains(text.ToString(), "blank");
    }

    [TestMethod]
    public void Images_of_another_size_or_of_odd_channels_are_refused()
    {
        Assert.ThrowsExactly<ArgumentException>(() => new ImageSection("x", new ImageLayout(1, 2, 2), [new("short", new float[3])]));
        Assert.ThrowsExactly<ArgumentException>(() => new ImageSection("x", new ImageLayout(2, 2, 2), []));
    }
}
