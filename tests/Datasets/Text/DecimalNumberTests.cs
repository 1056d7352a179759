using System.Globalization;
using System.Text;
using MLPath.Datasets.Text;
using MLPath.Numerics;

namespace MLPath.Tests.Datasets.Text;

[TestClass]
public sealed class DecimalNumberTests
{
    [TestMethod]
    [DataRow("0", 0f)]
    [DataRow("-1.5", -1.5f)]
    [DataRow("+2", 2f)]
    [DataRow(".5", 0.5f)]
    [DataRow("5.", 5f)]
    [DataRow("1e3", 1000f)]
    [DataRow("-2.5E-2", -0.025f)]
    [DataRow("16777217", 16777216f)]
    [DataRow("12345678901234567890123", 12345678901234567890123f)]
    [DataRow("1e-46", 0f)]
    [DataRow("inf", float.PositiveInfinity)]
    [DataRow("-INF", float.NegativeInfinity)]
    [DataRow("Infinity", float.PositiveInfinity)]
    [DataRow("∞", float.PositiveInfinity)]
    [DataRow("-∞", float.NegativeInfinity)]
    [DataRow("1e39", float.PositiveInfinity)]
    [DataRow("nan", float.NaN)]
    public void Numbers_are_read(string text, float expected)
    {
        Assert.IsTrue(DecimalNumber.TryParse(Encoding.UTF8.GetBytes(text), out float value));
        Assert.AreEqual(expected, value);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("-")]
    [DataRow(".")]
    [DataRow("1,5")]
    [DataRow("1 2")]
    [DataRow(" 1")]
    [DataRow("1.2.3")]
    [DataRow("0x1F")]
    [DataRow("1e")]
    [DataRow("$5")]
    [DataRow("5%")]
    [DataRow("(5)")]
    [DataRow("infinite")]
    [DataRow("true")]
    public void Other_texts_are_not_numbers(string text)
    {
        Assert.IsFalse(DecimalNumber.TryParse(Encoding.UTF8.GetBytes(text), out float _));
        Assert.IsFalse(DecimalNumber.TryParse(Encoding.UTF8.GetBytes(text), out double _));
    }

    [TestMethod]
    public void Rounding_is_that_of_the_framework_for_random_decimals()
    {
        var random = new RandomStream(3);
        for (int i = 0; i < 100_000; i++)
        {
            ulong digits = random.NextUInt64() >> random.NextInt32(1, 64);
            string decimals = digits.ToString(CultureInfo.InvariantCulture);
            decimals = decimals.Insert(random.NextInt32(decimals.Length + 1), ".");
            if (random.NextBoolean(0.5)) decimals = "-" + decimals;
            AssertSameAsFramework(decimals);
        }
    }

    [TestMethod]
    public void Halfway_cases_of_single_precision_are_rounded_once()
    {
        // Middles between neighbouring floats, exactly and a little to each side, where rounding to double first would go astray.
        var random = new RandomStream(4);
        for (int i = 0; i < 20_000; i++)
        {
            float lower = BitConverter.UInt32BitsToSingle(0x3F800000 + (uint)random.NextInt32(1 << 27));
            decimal middle = ((decimal)(double)lower + (decimal)(double)MathF.BitIncrement(lower)) / 2;
            string text = middle.ToString(CultureInfo.InvariantCulture);
            AssertSameAsFramework(text);
            AssertSameAsFramework(text.Contains('.') ? text + "0000000001" : text + ".0000000001");
            AssertSameAsFramework((middle - 0.0000000001m).ToString(CultureInfo.InvariantCulture));
        }
    }

    [TestMethod]
    public void Exponents_subnormals_and_the_ends_of_the_range_are_rounded_as_by_the_framework()
    {
        var random = new RandomStream(5);
        for (int i = 0; i < 100_000; i++)
        {
            ulong digits = random.NextUInt64() >> random.NextInt32(1, 64);
            AssertSameAsFramework(string.Create(CultureInfo.InvariantCulture, $"{digits}e{random.NextInt32(-70, 45)}"));
            AssertSameAsFramework(string.Create(CultureInfo.InvariantCulture, $"{digits}e{random.NextInt32(-345, 310)}"));
            float single = BitConverter.UInt32BitsToSingle((uint)random.NextUInt64() & 0x7F7FFFFF);
            AssertSameAsFramework(single.ToString("E20", CultureInfo.InvariantCulture));
            AssertSameAsFramework(single.ToString("R", CultureInfo.InvariantCulture));
        }
        string[] edges = ["1.4012984643248170709e-45", "7.0064923216240853546e-46", "7.0064923216240853547e-46", "3.4028235677973366e38",
            "3.40282346638528859811704183484516925440e+38", "1.17549435e-38", "1.17549421e-38", "2.2250738585072011e-308", "4.9e-324", "2.4703282292062328e-324",
            "0e999999999999", "1e-999999999999", "1.7976931348623158e308", "9007199254740993", "9007199254740992.99999999999999999999999", "0.000000000000000000000000000001"];
        foreach (string edge in edges) AssertSameAsFramework(edge);
    }

    [TestMethod]
    public void Short_numbers_are_read_in_one_vector_as_by_the_framework()
    {
        var random = new RandomStream(6);
        byte[] padded = new byte[64];
        const string Alphabet = "0123456789012345678901234567890123456789.-+e x";
        int read = 0;
        for (int i = 0; i < 300_000; i++)
        {
            int length = random.NextInt32(1, ShortDecimal.Longest + 1);
            for (int b = 0; b < padded.Length; b++) padded[b] = (byte)Alphabet[random.NextInt32(Alphabet.Length)];
            string text = Encoding.ASCII.GetString(padded, 32, length);
            bool isNumber = float.TryParse(
                text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out float expected);
            if (!ShortDecimal.TryRead(ref padded[32], length, (byte)'.', out float actual)) continue;
            read++;
            Assert.IsTrue(isNumber, text);
            Assert.AreEqual(BitConverter.SingleToUInt32Bits(expected), BitConverter.SingleToUInt32Bits(actual), text);
        }
        Assert.IsGreaterThan(50_000, read);
    }

    private static void AssertSameAsFramework(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Assert.IsTrue(DecimalNumber.TryParse(bytes, out float single), text);
        Assert.IsTrue(DecimalNumber.TryParse(bytes, out double wide), text);
        float expected = float.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        Assert.AreEqual(BitConverter.SingleToUInt32Bits(expected), BitConverter.SingleToUInt32Bits(single), text);
        Assert.AreEqual(double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture), wide, text);
    }
}
