using NeuroNotebooks.ComboNets;
using NeuroNotebooks.Contraction;
using NeuroNotebooks.Learning;
using NeuroNotebooks.Numerics;
using NeuroNotebooks.TestSupport;

namespace NeuroNotebooks.LearningTests;

public class ComboNetTests
{
    public static TheoryData<ulong> Seeds => [.. Enumerable.Range(1, 64).Select(seed => (ulong)seed)];

    [Fact]
    public void The_network_of_the_paper_has_129_034_numbers_to_learn()
    {
        var net = new ComboClassifier<float>(new ComboDesign { Modules = 16, Units = 32, Density = 0.033 }, new Philox(1));

        Assert.Equal(129_034, net.TrainableParameters);
        Assert.Equal(ComboNetwork.TrainableParameters(16, 32), net.TrainableParameters);
    }

    // the corners of six neurons are enumerated: an oracle that knows nothing of the bound
    [Theory, MemberData(nameof(Seeds))]
    public void A_certificate_is_never_better_than_the_worst_corner(ulong seed)
    {
        foreach (ComboKind kind in Enum.GetValues<ComboKind>())
        {
            var net = new ComboClassifier<double>(new ComboDesign { Kind = kind, Modules = 2, Units = 3, Density = 0.5 }, new Philox(seed));
            ComboNetwork network = net.Network();
            double worst = network.Family.Worst(network.Metric).Measure;

            Assert.True(worst <= -net.Certify().Rate + 1e-9, $"seed {seed}, {kind}: {worst} against {net.Certify()}");
            if (net.Design.IsCertified) Assert.True(net.Certify().Holds, $"seed {seed}, {kind}: {net.Certify()}");
        }
    }

    [Fact]
    public void A_network_keeps_its_certificate_while_it_learns_and_does_learn()
    {
        ImageStreams images = ImageStreams.SevenSegment(300, new Philox(1)), others = ImageStreams.SevenSegment(200, new Philox(2));
        foreach (ComboKind kind in new[] { ComboKind.Sparse, ComboKind.Svd })
        foreach (ComboStepping stepping in Enum.GetValues<ComboStepping>())
        {
            var net = new ComboClassifier<float>(new ComboDesign { Kind = kind, Modules = 4, Units = 4, Density = 0.3, Stepping = stepping }, new Philox(1));
            double before = net.Accuracy(others);

            ComboTraining training = new ComboLearner<float>(net, images).Train(15, 1e-2, 32, new Philox(3), others);

            Assert.Equal(15, training.Accuracies.Length);
            Assert.True(training.Accuracies[^1] > before + 0.1, $"{kind}, {stepping}: {before} to {training.Accuracies[^1]}");
            Assert.True(training.Losses[^1] < training.Losses[0]);
            // single precision: weights are rounded by 6e-8, and the answered feedback in a metric by as much of its size
            double rate = kind == ComboKind.Sparse ? 0.1 : 0.05;
            Assert.True(training.SmallestRate > rate - 1e-5, $"{kind}, {stepping}: {training.SmallestRate}");
            Assert.True(training.Certificate.Holds);
        }
    }

    [Fact]
    public void A_network_that_lost_its_certificate_says_so()
    {
        var net = new ComboClassifier<float>(new ComboDesign { Kind = ComboKind.Plain, Modules = 1, Units = 4 }, new Philox(1));
        net.Parameters.Single(p => p.Name == "W").Constant(1.0);

        ComboCertificate certificate = net.Certify();

        Close.To(-3.0, certificate.Rate, 1e-6);        // λ of the matrix of ones is 4
        Assert.False(certificate.Holds);
        Assert.StartsWith("not certified", certificate.ToString(), StringComparison.Ordinal);
    }

    // check 9 of the derivation: below the bound of the step the distance in the metric never grows
    [Theory, MemberData(nameof(Seeds))]
    public void Below_the_bound_of_the_Euler_step_two_states_only_come_closer(ulong seed)
    {
        var net = new ComboClassifier<double>(new ComboDesign { Modules = 3, Units = 3, Density = 0.4 }, new Philox(seed));
        ComboNetwork network = net.Network();
        double rate = net.Certify().Rate, step = Combinations.EulerStepBound(rate, 1.0 + Spectrum.Norm(network.Weights) + Spectrum.Norm(network.Coupling));
        var slow = new ComboClassifier<double>(net.Design with { Alpha = 0.99 * step }, new Philox(seed));
        ImageStreams images = ImageStreams.SevenSegment(3, new Philox(seed));

        Forgetting forgetting = Forgetting.Of(slow, images, pairs: 3, repeats: 2, new Philox(seed));

        for (int t = 1; t < forgetting.Distances.Length; t++)
            Assert.True(forgetting.Distances[t] <= forgetting.Distances[t - 1], $"seed {seed}, moment {t}");
        Assert.True(forgetting.LargestMeasure <= -rate + 1e-9, $"seed {seed}: {forgetting.LargestMeasure} against {rate}");
    }

    // the step that the modules alone allow: the feedback, a hundred times larger, takes no part
    [Theory, MemberData(nameof(Seeds))]
    public void With_rotations_two_states_only_come_closer_however_strong_the_feedback(ulong seed)
    {
        foreach (ComboKind kind in new[] { ComboKind.Sparse, ComboKind.Svd })
        {
            var design = new ComboDesign { Kind = kind, Modules = 3, Units = 3, Density = 0.4, SelfExcitation = 0.5, Stepping = ComboStepping.Rotation };
            ComboNetwork modules = new ComboClassifier<double>(design, new Philox(seed)).Network();
            double rate = ComboCertificate.Of(modules).ModuleRate, step = 0.99 * Combinations.EulerStepBound(rate, 1.0 + Spectrum.Norm(modules.Weights));
            ImageStreams images = ImageStreams.SevenSegment(3, new Philox(seed));

            var strong = new ComboClassifier<double>(design with { Alpha = step, FeedbackScale = 100.0 * step }, new Philox(seed));
            Forgetting forgetting = Forgetting.Of(strong, images, pairs: 3, repeats: 2, new Philox(seed));

            Assert.True(Spectrum.Norm(strong.Network().Coupling) > 30.0);
            // until what is left is no more than rounding
            for (int t = 1; t < forgetting.Distances.Length && forgetting.Distances[t - 1] > 1e-10; t++)
                Assert.True(forgetting.Distances[t] <= forgetting.Distances[t - 1], $"seed {seed}, {kind}, moment {t}: {forgetting.Distances[t]}");
            var euler = new ComboClassifier<double>(design with { Alpha = step, FeedbackScale = 100.0, Stepping = ComboStepping.Euler }, new Philox(seed));
            Assert.False(Forgetting.Of(euler, images, pairs: 3, repeats: 2, new Philox(seed)).Remainder < 1.0, $"seed {seed}, {kind}");
        }
    }

    [Fact]
    public void Neurons_that_excite_themselves_forget_at_the_rate_they_should()
    {
        var random = new Philox(3);
        var net = new ComboClassifier<double>(new ComboDesign { Modules = 2, Units = 6, Density = 0.5, SelfExcitation = 0.8 }, random);
        double[,] drawn = SparseModule.Draw(6, 0.5, 2.0, random.Child(1)), own = net.Modules[1];
        for (int i = 0; i < 6; i++)
            for (int j = 0; j < 6; j++) Close.To(0.2 * drawn[i, j] + (i == j ? 0.8 : 0.0), own[i, j], 1e-15);
        Close.To(0.98, Spectrum.OfSymmetricPart(Dense.Build(6, 6, (i, j) => Math.Abs(own[i, j])))[^1], 1e-12);
        Assert.True(net.Certify().ModuleRate > 0.02 - 1e-12);

        var svd = new ComboClassifier<double>(new ComboDesign { Kind = ComboKind.Svd, Modules = 2, Units = 6, SelfExcitation = 0.8, Epsilon = 0.05 }, random);
        double[,] weights = svd.Network().Weights;
        for (int i = 0; i < 12; i++)
            for (int j = 0; j < 12; j++) Close.To(i == j ? 0.76 : 0.0, weights[i, j], 1e-12);
    }

    [Fact]
    public void With_a_period_the_feedback_starts_as_pairs_that_swing_around_its_harmonics()
    {
        var design = new ComboDesign { Modules = 4, Units = 8, Stepping = ComboStepping.Rotation, Period = 28, Alpha = 0.1 };
        double[,] coupling = new ComboClassifier<double>(design, new Philox(1)).Network().Coupling;

        double[] angles = [.. Enumerable.Range(0, 16).Select(pair => 2.0 * Math.Atan(0.5 * 0.1 * coupling[16 + pair, pair]))];

        double row = 2.0 * Math.PI / 28.0, image = row / 28.0;
        double[] expected = [.. Enumerable.Range(0, 4).Select(k => (k + 0.5) * image),
            .. Enumerable.Range(1, 3).SelectMany(h => Enumerable.Range(0, 4).Select(k => h * row + (k - 1.5) * image))];
        Close.All(expected, angles, 1e-12);
        Assert.Equal(32, coupling.Cast<double>().Count(v => v != 0.0));
    }

    [Fact]
    public void Designs_that_cannot_be_built_are_refused()
    {
        foreach (ComboKind kind in new[] { ComboKind.Plain, ComboKind.FreeFeedback })
            Assert.Contains("rotates in no metric", Assert.Throws<ArgumentException>(
                () => new ComboClassifier<float>(new ComboDesign { Kind = kind, Stepping = ComboStepping.Rotation }, new Philox(1))).Message, StringComparison.Ordinal);
        foreach (ComboDesign design in new[] { new ComboDesign { Period = 28 }, new ComboDesign { Period = 28, Modules = 3, Stepping = ComboStepping.Rotation } })
            Assert.Contains("Period 28", Assert.Throws<ArgumentException>(() => new ComboClassifier<float>(design, new Philox(1))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ComboDesign { Stepping = (ComboStepping)9 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ComboDesign { Period = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ComboDesign { SelfExcitation = 1.1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ComboDesign { InputScale = 0.0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ComboDesign { FeedbackScale = 0.0 });
    }

    [Fact]
    public void A_saved_network_answers_as_before_and_a_damaged_file_is_refused()
    {
        string file = Path.GetTempFileName();
        try
        {
            ImageStreams images = ImageStreams.SevenSegment(40, new Philox(1));
            foreach (ComboKind kind in Enum.GetValues<ComboKind>())
            {
                var net = new ComboClassifier<float>(new ComboDesign
                {
                    Kind = kind, Modules = 2, Units = 3, Density = 0.4, SelfExcitation = 0.3, InputScale = 2.0, FeedbackScale = 0.5,
                    Stepping = kind == ComboKind.Svd ? ComboStepping.Rotation : ComboStepping.Euler, Period = kind == ComboKind.Svd ? 5 : 0,
                }, new Philox(1, 2));
                foreach (Parameter<float> parameter in net.Parameters)
                    for (int k = 0; k < parameter.Length; k++)
                        if (parameter.Value[k] != 0f) parameter.Value[k] += 0.01f;
                ComboFile.Save(file, net);

                ComboClassifier<float> loaded = ComboFile.Load<float>(file);

                Assert.Equal(net.Design, loaded.Design);
                var tape = new Tape<float>();
                int[] all = [.. Enumerable.Range(0, 40)];
                Assert.Equal(net.Scores(tape, images, all).Value.ToArray(), loaded.Scores(tape, images, all).Value.ToArray());
            }
            byte[] bytes = File.ReadAllBytes(file);
            bytes[30] ^= 1;
            File.WriteAllBytes(file, bytes);
            Assert.Throws<InvalidDataException>(() => ComboFile.Load<float>(file));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void The_networks_that_come_along_are_those_of_their_recipes_and_certified()
    {
        string data = Path.Combine(Repository.Root, "data"), list = File.ReadAllText(Path.Combine(data, "README.md"));
        foreach (ComboRecipe recipe in ComboRecipe.All)
        {
            string file = Path.Combine(data, "rnns-of-rnns", recipe.Name + ".net");
            ComboClassifier<float> net = ComboFile.Load<float>(file);

            Assert.Equal(recipe.Design, net.Design);
            Assert.Contains(
                Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file))), list, StringComparison.Ordinal);
            Assert.True(net.Certify().Holds, $"{recipe.Name}: {net.Certify()}");
        }
    }

    [Fact]
    public void Images_become_sequences_as_asked_for()
    {
        float[] pixels = [.. Enumerable.Range(0, 18).Select(k => (float)k)];
        byte[] labels = [7, 2];

        ImageStreams sequential = ImageStreams.Of(pixels, labels, 3), rows = ImageStreams.Of(pixels, labels, 3, PixelOrder.Rows);
        ImageStreams permuted = ImageStreams.Of(pixels, labels, 3, PixelOrder.Permuted, new Philox(3));

        Assert.Equal((9, 1), (sequential.Moments, sequential.Channels));
        Assert.Equal((3, 3), (rows.Moments, rows.Channels));
        Assert.Equal(pixels[9..], rows.Stream(1).ToArray());
        Assert.Equal(pixels[..9], permuted.Stream(0).ToArray().Order());
        Assert.NotEqual(pixels[..9], permuted.Stream(0).ToArray());
        Assert.Equal([.. permuted.Stream(0).ToArray().Select(v => v + 9f)], permuted.Stream(1).ToArray());      // one permutation for all
        Assert.Equal(2, sequential.From(1, 1).Label(0));
    }

    [Fact]
    public void Handwritten_digits_come_with_the_library()
    {
        ImageStreams learn = ImageStreams.Digits(test: false), test = ImageStreams.Digits(test: true);

        Assert.Equal((1437, 360, 64), (learn.Count, test.Count, learn.Moments));
        int[] counts = new int[10];
        foreach (ImageStreams part in new[] { learn, test })
            for (int i = 0; i < part.Count; i++) counts[part.Label(i)]++;
        Assert.Equal([178, 182, 177, 183, 181, 182, 181, 179, 174, 180], counts);      // as its description says
        Assert.All(Enumerable.Range(0, 360), i => Assert.InRange(test.Stream(i).ToArray().Max(), 0.5f, 1f));
    }

    [Fact]
    public void Seven_segment_digits_show_their_segments()
    {
        ImageStreams images = ImageStreams.SevenSegment(500, new Philox(1));
        int[] lit = new int[10];
        int[] seen = new int[10];
        for (int i = 0; i < images.Count; i++)
        {
            lit[images.Label(i)] += images.Stream(i).ToArray().Count(pixel => pixel > 0.5f);
            seen[images.Label(i)]++;
        }
        // pixels of the segments, counted on paper: 8 has all of them, 1 the seven of its column
        Assert.InRange((double)lit[8] / seen[8], 22.5, 23.5);
        Assert.InRange((double)lit[1] / seen[1], 6.5, 7.5);
        Assert.All(seen, count => Assert.InRange(count, 25, 80));
    }

    [Fact]
    public void Wrong_sequences_are_refused()
    {
        ImageStreams rows = ImageStreams.SevenSegment(4, new Philox(1), PixelOrder.Rows);
        var net = new ComboClassifier<float>(new ComboDesign(), new Philox(1));

        Assert.Contains("channel", Assert.Throws<ArgumentException>(() => net.Accuracy(rows)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new ComboLearner<float>(net, rows));
        Assert.Throws<ArgumentException>(() => ImageStreams.Of(new float[9], [12], 3));
        Assert.Throws<ArgumentException>(() => ImageStreams.Of(new float[9], [1], 2));
        Assert.Throws<ArgumentException>(() => ImageStreams.Of([], [1], 3));
        Assert.Throws<ArgumentException>(() => ComboRecipe.Find("no such net"));
    }

    // every remainder of rows and columns by the tiles, deeper than a block, beside the general product
    [Fact]
    public void Products_with_a_packed_matrix_are_those_of_the_general_one()
    {
        foreach (int rows in new[] { 1, 2, 3, 5, 6, 7, 13 })
            foreach (int columns in new[] { 1, 7, 8, 9, 16, 17, 25, 40 })
                foreach (int depth in new[] { 1, 5, 256, 300 })
                {
                    Check<double>(rows, columns, depth, 1e-12);
                    Check<float>(rows, columns, depth, 1e-3f);
                }

        static void Check<T>(int rows, int columns, int depth, T tolerance) where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
        {
            T[] a = Numbers<T>(rows * depth, 1), b = Numbers<T>(depth * columns, 2), c = Numbers<T>(rows * columns, 3), expected = [.. c];
            SerialProduct.Multiply(new MatrixView<T>(a, rows, depth), new MatrixView<T>(b, depth, columns), expected, T.CreateChecked(0.7), T.CreateChecked(0.3));
            var packed = new PackedMatrix<T>();
            packed.Pack(new MatrixView<T>(b, depth, columns));
            packed.Multiply(a, rows, c, T.CreateChecked(0.7), T.CreateChecked(0.3));
            for (int k = 0; k < c.Length; k++) Assert.True(T.Abs(c[k] - expected[k]) < tolerance, $"{rows} × {depth} × {columns}, [{k}]");
        }

        static T[] Numbers<T>(int count, ulong seed) where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T> =>
            [.. Enumerable.Range(0, count).Select(k => T.CreateChecked(new Philox(seed).Normal((ulong)k)))];
    }
}
