using MLPath.Data;

namespace MLPath.Tests.Deep.Images;

[TestClass]
public sealed class ImageLayoutTests
{
    [TestMethod]
    [DataRow(new[] { 64 }, 1, 8, 8, false)]
    [DataRow(new[] { 1 }, 1, 1, 1, false)]
    [DataRow(new[] { 28, 20 }, 1, 28, 20, false)]
    [DataRow(new[] { 3, 32, 32 }, 3, 32, 32, false)]
    [DataRow(new[] { 32, 30, 3 }, 3, 32, 30, true)]
    [DataRow(new[] { 3, 5, 3 }, 3, 5, 3, false)]
    public void Dimensions_say_how_pixels_lie(int[] dimensions, int channels, int height, int width, bool isInterleaved) =>
        Assert.AreEqual(new ImageLayout(channels, height, width, isInterleaved), ImageLayout.Of(dimensions));

    [TestMethod]
    [DataRow(new[] { 65 })]
    [DataRow(new int[] { })]
    [DataRow(new[] { 2, 3, 4, 5 })]
    [DataRow(new[] { 0, 3 })]
    public void Other_dimensions_are_no_images(int[] dimensions) => Assert.IsNull(ImageLayout.Of(dimensions));
}
