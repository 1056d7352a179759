using MLPath.Data;
using MLPath.Deep;
using MLPath.Numerics;

namespace MLPath.Tests.Deep.Images;

[TestClass]
public sealed class ImageAugmentationTests
{
    private static readonly ImageLayout Grey = new(1, 5, 4);

    [TestMethod]
    public void Shifts_give_the_image_moved_by_up_to_as_many_pixels_with_its_edge_repeated()
    {
        float[] image = Numbers(Grey.Size);
        var expected = new HashSet<string>();
        for (int down = -2; down <= 2; down++)
        {
            for (int right = -2; right <= 2; right++)
            {
                expected.Add(Text([.. from row in Enumerable.Range(0, 5)
                                      from column in Enumerable.Range(0, 4)
                                      select image[(Math.Clamp(row - down, 0, 4) * 4) + Math.Clamp(column - right, 0, 3)]]));
            }
        }

        var seen = Many(new ImageAugmentation(Grey, [0], [1]) { MaximumShift = 2 }, image).ToHashSet();
        Assert.IsTrue(seen.SetEquals(expected), $"{seen.Count} of {expected.Count} shifts were seen.");
    }

    [TestMethod]
    public void Every_other_image_is_mirrored()
    {
        float[] image = Numbers(Grey.Size), mirrored = [.. Enumerable.Range(0, 5).SelectMany(row => image.Skip(row * 4).Take(4).Reverse())];
        var seen = Enumerable.Range(0, 400).Select(i => Applied(new ImageAugmentation(Grey, [0], [1]) { HorizontalFlip = true }, image, i)).ToList();
        CollectionAssert.AreEquivalent(new[] { Text(image), Text(mirrored) }, seen.Distinct().ToArray());
        Assert.AreEqual(0.5, seen.Count(s => s == Text(mirrored)) / 400.0, 0.1);
    }

    [TestMethod]
    public void Channels_that_lie_together_move_as_planes_do()
    {
        ImageLayout planes = new(3, 6, 5), together = new(3, 6, 5, true);
        float[] image = Numbers(planes.Size);
        for (int i = 0; i < 20; i++)
        {
            float[] byPlane = [.. image], byPixel = Interleave(image, planes);
            Everything(planes).Apply(byPlane, [planes.Size], new RandomStream(9).Derive(i));
            Everything(together).Apply(byPixel, [together.Size], new RandomStream(9).Derive(i));
            CollectionAssert.AreEqual(Interleave(byPlane, planes), byPixel);
        }

        static ImageAugmentation Everything(ImageLayout layout) => new(layout, [1, 2, 3], [1, 0.5f, 2])
        {
            MaximumShift = 2,
            HorizontalFlip = true,
            MaximumRotation = 30,
            Brightness = 0.3,
            Cutout = 3,
        };
    }

    [TestMethod]
    public void A_turn_leaves_the_middle_and_an_even_image_as_they_are()
    {
        var layout = new ImageLayout(1, 7, 7);
        var turn = new ImageAugmentation(layout, [0], [1]) { MaximumRotation = 180 };
        float[] image = Numbers(layout.Size), even = [.. Enumerable.Repeat(3f, layout.Size)];
        var random = new RandomStream(4);
        for (int i = 0; i < 20; i++)
        {
            float[] turned = [.. image], same = [.. even];
            turn.Apply(turned, [layout.Size], random.Derive(i));
            turn.Apply(same, [layout.Size], random.Derive(i));
            Assert.AreEqual(image[24], turned[24], 1e-4);
            CollectionAssert.AreEqual(even, same);
            CollectionAssert.AreNotEqual(image, turned);
        }
    }

    [TestMethod]
    public void Brightness_adds_one_number_to_a_channel_and_noise_has_its_deviation()
    {
        var layout = new ImageLayout(1, 40, 40);
        float[] image = Numbers(layout.Size), bright = [.. image], noisy = [.. image];
        new ImageAugmentation(layout, [0], [2]) { Brightness = 0.5 }.Apply(bright, [layout.Size], new RandomStream(1));
        float change = bright[0] - image[0];
        Assert.IsLessThanOrEqualTo(1, Math.Abs(change));
        for (int i = 0; i < image.Length; i++) Assert.AreEqual(change, bright[i] - image[i], 1e-3);
        new ImageAugmentation(layout, [0], [2]) { Noise = 0.5 }.Apply(noisy, [layout.Size], new RandomStream(1));
        Assert.AreEqual(1, Math.Sqrt(image.Zip(noisy, (a, b) => Math.Pow(b - a, 2)).Average()), 0.05);
    }

    [TestMethod]
    public void A_cut_square_has_the_channels_mean()
    {
        var layout = new ImageLayout(2, 9, 9);
        float[] image = Numbers(layout.Size), cut = [.. image];
        new ImageAugmentation(layout, [-5, -7], [1, 1]) { Cutout = 3 }.Apply(cut, [layout.Size], new RandomStream(2));
        int[] changed = [.. Enumerable.Range(0, cut.Length).Where(i => cut[i] != image[i])];
        Assert.IsTrue(changed.Length is > 0 and <= 18);
        foreach (int i in changed) Assert.AreEqual(i < 81 ? -5 : -7, cut[i]);
        CollectionAssert.AreEqual(changed.Where(i => i < 81).Select(i => i + 81).ToArray(), changed.Where(i => i >= 81).ToArray());
    }

    private static IEnumerable<string> Many(ImageAugmentation augmentation, float[] image) =>
        Enumerable.Range(0, 1000).Select(i => Applied(augmentation, image, i));

    private static string Applied(ImageAugmentation augmentation, float[] image, int index)
    {
        float[] changed = [.. image];
        augmentation.Apply(changed, [changed.Length], new RandomStream(3).Derive(index));
        return Text(changed);
    }

    private static float[] Interleave(float[] planes, ImageLayout layout)
    {
        int pixels = layout.Height * layout.Width;
        return [.. from pixel in Enumerable.Range(0, pixels) from channel in Enumerable.Range(0, layout.Channels) select planes[(channel * pixels) + pixel]];
    }

    private static float[] Numbers(int count) => [.. Enumerable.Range(1, count).Select(i => (float)i)];

    private static string Text(float[] image) => string.Join(' ', image);
}
