using MLPath.Data;

namespace MLPath.Tests.Datasets.Images;

[TestClass]
public sealed class MLImageTests
{
    [TestMethod]
    public void It_holds_a_copy_of_its_pixels_in_the_order_given()
    {
        byte[] pixels = [1, 2, 3, 4, 5, 6, 7, 8];
        using var image = MLImage.CreateFromPixels(2, 1, MLPixelFormat.Rgba32, pixels);
        pixels[0] = 99;
        Assert.AreEqual((2, 1, 32, MLPixelFormat.Rgba32), (image.Width, image.Height, image.BitsPerPixel, image.PixelFormat));
        CollectionAssert.AreEqual(new byte[] { 1, 2, 3, 4, 5, 6, 7, 8 }, image.Pixels.ToArray());
        CollectionAssert.AreEqual(new byte[] { 3, 2, 1, 7, 6, 5 }, image.GetBGRPixels);
        CollectionAssert.AreEqual(new byte[] { 1, 2, 3, 5, 6, 7 }, MLImage.CreateFromPixels(2, 1, MLPixelFormat.Bgra32, image.Pixels).GetBGRPixels);
        Assert.AreEqual("2×1", image.ToString());
    }

    [TestMethod]
    public void Sizes_formats_and_lengths_are_checked()
    {
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => MLImage.CreateFromPixels(0, 1, MLPixelFormat.Rgba32, []));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => MLImage.CreateFromPixels(1, -1, MLPixelFormat.Rgba32, []));
        Assert.ThrowsExactly<ArgumentException>(() => MLImage.CreateFromPixels(1, 1, MLPixelFormat.Unknown, new byte[4]));
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => MLImage.CreateFromPixels(2, 1, MLPixelFormat.Rgba32, new byte[7])).Message, "8 bytes; 7");
    }

    [TestMethod]
    [DataRow("a.png", true)]
    [DataRow("a.BMP", true)]
    [DataRow("a.ppm", false)]
    public void A_saved_image_is_read_back(string name, bool keepsAlpha)
    {
        using var files = new TestFiles();
        var images = new Dictionary<string, MLImage>
        {
            ["colour"] = TestImages.Pattern(7, 5),
            ["colour with alpha"] = TestImages.Of(5, 7, (x, y) => (x * 40, y * 30, 77, (x + y) * 20), MLPixelFormat.Bgra32),
            ["grey"] = TestImages.Of(1, 9, (_, y) => (y * 20, y * 20, y * 20, 255)),
            ["grey with alpha"] = TestImages.Of(9, 1, (x, _) => (x * 20, x * 20, x * 20, 255 - x)),
        };
        foreach (var (kind, image) in images)
        {
            image.Save(files[name]);
            var read = MLImage.CreateFromFile(files[name]);
            byte[] expected = image.Rgba();
            for (int i = 3; i < expected.Length && !keepsAlpha; i += 4)
                expected[i] = 255;
            CollectionAssert.AreEqual(expected, read.Rgba(), kind);
            Assert.AreEqual((image.Width, image.Height, files[name]), (read.Width, read.Height, read.Tag!), kind);
        }
    }

    [TestMethod]
    public void Smooth_images_become_small_files()
    {
        byte[] png = TestImages.Of(200, 200, (x, y) => (x, y, (x + y) / 2, 255)).Png();
        Assert.IsLessThan(200 * 200 * 3 / 20, png.Length);
    }

    [TestMethod]
    public void Other_endings_are_refused_and_nothing_is_written()
    {
        using var files = new TestFiles();
        foreach (string name in new[] { "a.jpg", "a" })
        {
            var error = Assert.ThrowsExactly<ArgumentException>(() => TestImages.Pattern(2, 2).Save(files[name]));
            StringAssert.Contains(error.Message, ".png, .bmp or .ppm");
        }

        Assert.IsEmpty(files.Names);
    }
}
