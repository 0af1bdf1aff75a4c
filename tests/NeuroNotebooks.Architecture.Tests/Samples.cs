using System.Collections.Immutable;
using System.Data;
using System.Linq.Expressions;
using System.Numerics;
using System.Reflection;
using NeuroNotebooks.Bifurcations;
using NeuroNotebooks.Boltzmann;
using NeuroNotebooks.Cells;
using NeuroNotebooks.ComboNets;
using NeuroNotebooks.Contraction;
using NeuroNotebooks.Data;
using NeuroNotebooks.EchoState;
using NeuroNotebooks.Figures;
using NeuroNotebooks.Games;
using NeuroNotebooks.Learning;
using NeuroNotebooks.Numerics;
using NeuroNotebooks.Plasticity;
using NeuroNotebooks.Spiking;
using NeuroNotebooks.WorkingMemory;
using Assembly = NeuroNotebooks.Contraction.Assembly;
using Equilibrium = NeuroNotebooks.Games.Equilibrium;

namespace NeuroNotebooks.Architecture;

/// <summary>A valid argument for each parameter and a valid object of each type, made anew each time.</summary>
internal static partial class Samples
{
    private static readonly double[,] Stable = { { -1.0, 0.5 }, { -0.5, -1.0 } };
    private static readonly double[,] Weak = { { 0.1, -0.3 }, { 0.3, 0.0 } };
    private static readonly double[,] Rows = { { 1.0, 0.5 }, { 0.5, 1.0 } };
    private static readonly double[] TwoNumbers = [1.0, 2.0];
    private static readonly int[] TwoIndices = [0, 1];
    private static readonly string[] TwoWords = ["one", "two"];
    private static readonly ImmutableArray<double> Pair = [1.0, 2.0];
    private static readonly ImmutableArray<double> Square = [1.0, 0.5, 0.5, 1.0];

    /// <summary>Where the sample of the type would not do: by parameter everywhere, or by parameter of one member.</summary>
    private static readonly Dictionary<string, Func<object>> ByName = new()
    {
        ["arrows"] = () => 5,
        ["fewestSpikes"] = () => 3,
        ["new LeakyNeuron(Reset)"] = () => 0.0,
        ["new IzhikevichPopulation(c)"] = () => new float[2],
        ["DenseConnectivity.Uniform(cells)"] = () => 2,
        ["SparseConnectivity.FixedOutDegree(cells)"] = () => 2,
        ["SparseConnectivity.Of(cells)"] = () => 2,
        ["new SpikeRecord(cellCount)"] = () => 2,
        ["new SpikeRecord(duration)"] = () => 5.0,
        ["PowerSpectrum.Welch(window)"] = () => 4,
        ["Spectrogram.Of(window)"] = () => 4,
        ["CortexStatistics.Measure(duration)"] = () => 1300.0,
        ["CortexStatistics.OverSeeds(duration)"] = () => 1300.0,
        ["CortexStatistics.Of(record)"] = () => Cortex.Network(Of<CortexOptions>()).Run(1300.0),
        ["count"] = () => 2,
        ["density"] = () => 0.5,
        ["gain"] = () => 1.5,
        ["hex"] = () => "#0B4FC4",
        ["hexStops"] = () => new[] { "#0B4FC4", "#FFFFFF" },
        ["pairs"] = () => 2,
        ["perSide"] = () => 3,
        ["points"] = () => 3,
        ["signal"] = () => new[] { 1.0, 2.0, 0.5, 1.5, 1.0, 0.2, 0.4, 0.9, 0.1, 0.3 },
        ["Synapses"] = () => new[] { Square, Square }.ToImmutableArray(),
        ["CovarianceRule.Push(S)"] = () => new double[4],
        ["CovarianceRule.Push(W)"] = () => new double[4],
        ["BifurcationCurve.OfCycleFolds(fold)"] = () => FoldOfCycles(),
        ["BifurcationCurve.OfFolds(model)"] = () => Cusp(),
        ["BifurcationCurve.OfFolds(fold)"] = () => EquilibriumBranch.Follow(Cusp(), [2.0], [3.0, 2.0], 1, -6.0, 6.0, downwards: true).Folds[0],
        ["BifurcationCurve.OfHopfs(hopf)"] = () => Bifurcations.Equilibrium.Find(Of<OdeModel>(), [0.0, 0.0], [0.0, -1.0]),
        ["ClampRecording.ReadCsv(reader)"] = () => new StringReader("u_mV,s,rate_Hz,peak_mV,trough_mV,ahp_fraction\n30,0,15,,,\n"),
        ["ClampTrace.Record(start)"] = () => Of<PyramidalNeuron>().Rest(),
        ["ContinuationOptions.set_MaxPoints(value)"] = () => 4,
        ["DynamicClamp.Staircase(start)"] = () => Of<PyramidalNeuron>().Rest(),
        ["DynamicClamp.SteadyState(start)"] = () => Of<PyramidalNeuron>().Rest(),
        ["Equilibrium.Find(guess)"] = () => new[] { 0.1, 0.1 },
        ["EquilibriumBranch.Follow(guess)"] = () => new[] { 0.1, 0.1 },
        ["HodgkinHuxley.Rhs(slope)"] = () => new Vector<double>[4],
        ["HodgkinHuxley.Rhs(state)"] = () => new Vector<double>[4],
        ["LeastSquares.Fit(low)"] = () => new[] { -5.0, -5.0 },
        ["LeastSquares.Fit(high)"] = () => new[] { 5.0, 5.0 },
        ["LeastSquares.FromStarts(low)"] = () => new[] { -5.0, -5.0 },
        ["LeastSquares.FromStarts(high)"] = () => new[] { 5.0, 5.0 },
        ["NelderMead.Minimise(low)"] = () => new[] { -5.0, -5.0 },
        ["NelderMead.Minimise(high)"] = () => new[] { 5.0, 5.0 },
        ["new RateSurface(points)"] = () => Of<RateSurface>().Points,
        ["PeriodicOrbit.Find(longestPeriod)"] = () => 20.0,
        ["PyramidalFit.LeastSquares(factor)"] = () => 20.0,
        ["PyramidalFit.Simplex(factor)"] = () => 20.0,
        ["PyramidalNeuron.Rhs(slope)"] = () => new Vector<double>[5],
        ["PyramidalNeuron.Rhs(state)"] = () => new Vector<double>[5],
        ["DeltaRule.Push(S)"] = () => new double[4],
        ["DeltaRule.Push(W)"] = () => new double[4],
        ["HebbianRule.Push(S)"] = () => new double[4],
        ["HebbianRule.Push(W)"] = () => new double[4],
        ["LocalRule.Push(S)"] = () => new double[4],
        ["LocalRule.Push(W)"] = () => new double[4],
        ["SpeedGradientRule.Push(S)"] = () => new double[4],
        ["SpeedGradientRule.Push(W)"] = () => new double[4],
        ["Coupling.LeakySkewFactor(L)"] = () => new[,] { { 0.0, 0.5 }, { -0.5, 0.0 } },
        ["DiscreteLyapunov.Solve(A)"] = () => new[,] { { 0.5, 0.2 }, { 0.0, 0.3 } },
        ["MemoryCapacity.ExactLinear(A)"] = () => new[,] { { 0.5, 0.2 }, { 0.0, 0.3 } },
        ["NetworkRate.Of(form)"] = () => NetworkForm.Linear,
        ["PlasticContractionReport.Of(form)"] = () => NetworkForm.Linear,
        ["ScalarPlasticNeuron.LocateFold(low)"] = () => 0.1,
        ["ScalarPlasticNeuron.LocateFold(duration)"] = () => 500.0,
        ["Tape`1.Backward(loss)"] = () => OnTape.Constant(1, 1, [1.0]),
        ["Tape`1.Constant(values)"] = () => new double[1],
        ["Steps.Affine(bias)"] = () => OnTape.Constant(1, 2, [1.0, 2.0]),
        ["Steps.Dale(signs)"] = () => OnTape.Constant(1, 2, [1.0, -1.0]),
        ["Steps.NegativeFeedback(metric)"] = () => OnTape.Constant(1, 2, [1.0, 2.0]),
        ["Steps.MeanSquaredError(weights)"] = () => OnTape.Constant(2, 1, [1.0, 0.5]),
        ["Steps.RowsFrom(first)"] = () => 0,
        ["ImageStreams.From(first)"] = () => 0,
        ["Initialise.From(values)"] = () => new[] { 1.0, 2.0, 3.0, 4.0 },
        ["Training`1.Save(path)"] = () => Path.Combine(AppContext.BaseDirectory, "learned.training"),
        ["Training`1.Resume(path)"] = SavedLearning,
        ["Training`1.Run(file)"] = () => Path.Combine(AppContext.BaseDirectory, Path.GetRandomFileName()),
        ["ComboLearner`1.Train(file)"] = () => Path.Combine(AppContext.BaseDirectory, Path.GetRandomFileName()),
        ["ComboRecipe.Train(file)"] = () => Path.Combine(AppContext.BaseDirectory, Path.GetRandomFileName()),
        ["ComboRecipe.Find(name)"] = () => "rows-sparse",
        ["ComboRecipe.Train(mnist)"] = TinyMnist,
        ["ComboRecipe.Images(mnist)"] = TinyMnist,
        ["ImageStreams.Mnist(mnist)"] = TinyMnist,
        ["ImageStreams.Of(pixels)"] = () => new float[8],
        ["ImageStreams.Of(labels)"] = () => new byte[] { 1, 0 },
        ["ImageStreams.Of(width)"] = () => 2,
        ["ComboFile.Save(path)"] = () => Path.Combine(AppContext.BaseDirectory, "combo.net"),
        ["ComboFile.Load(path)"] = SavedNet,
        ["rest"] = () => Rest,
        ["second"] = () => 0,
        ["to"] = () => 2.0,
        ["width"] = () => 300.0,
        ["height"] = () => 300.0,
        ["new DelayedMatchToSampleTask(objects)"] = () => 3,
        ["TrialSeries.get_Item(channel)"] = () => 0,
        ["DelayedMatchToSampleTask.Sample(delayMs)"] = () => 200.0,
        ["DelayedMatchToSampleTask.Sample(trials)"] = () => 2,
        ["FixedSynapseRnn.Draw(channels)"] = () => 5,
        ["new FixedSynapseRnn(channels)"] = () => 5,
        ["new FixedSynapseRnn(units)"] = () => 2,
        ["new FixedSynapseRnn(parameters)"] = () => new float[31],
        ["new PresynapticStpRnn(signs)"] = () => new[] { 1, -1 },
        ["new PresynapticStpRnn(channels)"] = () => 5,
        ["new PresynapticStpRnn(parameters)"] = () => new float[31],
        ["new AntiHebbianRnn(units)"] = () => 2,
        ["new AntiHebbianRnn(channels)"] = () => 5,
        ["new AntiHebbianRnn(parameters)"] = () => new float[31],
        ["new AntiHebbianRnn(leak)"] = () => 0.01,
        ["AntiHebbianRnn.Draw(leak)"] = () => 0.01,
        ["AntiHebbianRnn.WithLeak(leak)"] = () => 0.01,
        ["FixedSynapseRnn.With(parameters)"] = () => new float[31],
        ["PresynapticStpRnn.With(parameters)"] = () => new float[31],
        ["AntiHebbianRnn.With(parameters)"] = () => new float[31],
        ["MemoryNetwork.With(parameters)"] = () => new float[31],
        ["MemoryNetwork.Loss(gradient)"] = () => new float[31],
        ["NetworkFile.Load(path)"] = SavedMemory,
        ["NetworkFile.Save(path)"] = SavedMemory,
        ["NetworkFile.Sha256(path)"] = SavedMemory,
        ["TrainingRecipe.Run(file)"] = NoFile,
        ["TrainingRecipe.Run(task)"] = () => Of<DelayedMatchToSampleTask>(),
        ["new TrialSeries(values)"] = () => FourTrials(),
        ["TrialSeries.MeanOver(toMs)"] = () => 1000.0,
        ["TimeResolvedDecoder.Accuracy(labels)"] = () => TwoByTwo,
        ["TimeResolvedDecoder.Accuracy(folds)"] = () => 2,
        ["TrajectoryDistance.BetweenConditions(labels)"] = () => TwoByTwo,
        ["TrajectoryDistance.DistractedVsNot(distracted)"] = () => new[] { true, false, true, false },
        ["TrajectoryDistance.OverBaseline(beforeMs)"] = () => 1e6,
        ["PrefrontalCurves.Similarity(curve)"] = () => new[] { 1.0, 2.0, 4.0 },
        ["PrefrontalCurves.Similarity(reference)"] = () => new[] { 1.0, 3.0, 4.0 },
        ["LinearDiscriminant.Fit(points)"] = () => FourPoints(),
        ["LinearDiscriminant.Fit(labels)"] = () => TwoByTwo,
        ["LinearDiscriminant.Fit(dimensions)"] = () => 1,
        ["LinearDiscriminant.HeldOut(points)"] = () => FourPoints(),
        ["LinearDiscriminant.HeldOut(labels)"] = () => TwoByTwo,
        ["LinearDiscriminant.HeldOut(dimensions)"] = () => 1,
        ["LinearDiscriminant.HeldOut(part)"] = () => 0.75,
        ["LinearDiscriminant.Separation(points)"] = () => FourPoints(),
        ["LinearDiscriminant.Separation(labels)"] = () => TwoByTwo,
        ["LinearDiscriminant.Project(points)"] = () => FourPoints(),
        ["RobustnessCurve.Structural(levels)"] = () => new[] { 0.0, 0.5 },
        ["RobustnessCurve.Structural(masks)"] = () => 1,
        ["PlantedPrefrontal.Draw(trialsPerObject)"] = () => 1,
        ["new PlantedPrefrontal(Units)"] = () => 10,
        ["Activation.Custom(phiPrime)"] = () => (Func<double, double>)(_ => 1.0),
        ["ColumnSweep.SettlingTimes(totalGain)"] = () => 4.0,
        ["Dataset.Open(cache)"] = () => SavedDatasets(),
        ["Dataset.Open(name)"] = () => "mnist",
        ["Dataset.Read(file)"] = () => "three-bytes",
        ["DatasetCatalogue.Find(name)"] = () => "mnist",
        ["DatasetCatalogue.Parse(json)"] = () => SmallCatalogue,
        ["ContrastSweep.OverInput(contrastIn)"] = () => new[] { 0.1, 0.2 },
        ["Figure.ZAxis(this)"] = () => Plot.Line3D(TwoNumbers, TwoNumbers, TwoNumbers),
        ["Philox.Choose(below)"] = () => 3,
        ["ColumnSweep.SettlingTimes(layers)"] = () => new[] { 1, 2 },
        ["DiagonalStability.Lds3Interval(A)"] = () => new[,] { { -1.0, 0.5, 0.0 }, { 0.0, -1.0, 0.5 }, { -0.5, 0.0, -1.0 } },
        ["Figure.FromJson(json)"] = () => Of<Figure>().ToJson(),
        ["FiringRateNetwork.WithTypes(types)"] = () => new[] { NeuronType.Excitatory, NeuronType.Inhibitory },
        ["Assembly.Connect(from)"] = () => "one",
        ["Assembly.Connect(to)"] = () => "two",
        ["Assembly.NegativeFeedback(from)"] = () => "one",
        ["Assembly.NegativeFeedback(to)"] = () => "two",
        ["Combinations.EiBalance(excitatory)"] = () => 1,
        ["Combinations.SmallGain(rates)"] = () => TwoNumbers,
        ["Combinations.SmallGainOfMaps(gains)"] = () => Rows.Clone(),
        ["ContractionCertificate.FromJson(json)"] = () => Of<ContractionCertificate>().ToJson(),
        ["Coverage.Trajectory(to)"] = () => 2.0,
        ["Coverage.Box(high)"] = () => new[] { 3.0, 4.0 },
        ["JacobianFamily.At(at)"] = () => new[] { 0.5, 1.0 },
        ["SparseModule.WithConnections(n)"] = () => 3,
        ["Lyapunov.Metric(A)"] = () => Stable.Clone(),
        ["Lyapunov.Metric(Q)"] = () => Rows.Clone(),
        ["OptimalDiagonalMetric.Of(A)"] = () => Stable2(),
        ["c"] = () => new float[4],
        ["LinearAlgebra.Multiply(c)"] = () => new double[4],
        ["new MatrixView`1(values)"] = () => new double[1],
        ["new Table(columns)"] = () => new[] { Of<Column>() },
        ["Plot.Diagram(blocks)"] = () => new[] { new Block("one", 0.0, 0.0), new Block("two", 1.0, 0.0) },
        ["Plot.Diagram(links)"] = () => new[] { new Link("one", "two") },
        ["BinaryPatterns.From(matrix)"] = () => new[,] { { 1.0, 0.0 }, { 0.0, 1.0 } },
        ["BinaryPatterns.Select(units)"] = () => TwoIndices,
        ["BinaryPatterns.Every(offset)"] = () => 0,
        ["BernoulliRbm.FromRates(rates)"] = () => new[] { 0.2, 0.6 },
        ["BernoulliRbm.Load(source)"] = SavedMachine,
        ["EffectiveCouplings.Pair(i)"] = () => 0,
        ["EffectiveCouplings.Triplet(i)"] = () => 0,
        ["EffectiveCouplings.Triplet(k)"] = () => 2,
        ["new IndependentModel(Rates)"] = () => ImmutableArray.Create(0.2, 0.6),
        ["new PairwiseIsing(couplings)"] = () => new[,] { { 0.0, 0.5 }, { 0.5, 0.0 } },
        ["Partition.Ais(chains)"] = () => 2,
        ["PlantedAssemblies.Draw(units)"] = () => 6,
        ["PlantedAssemblies.Draw(assemblies)"] = () => 6,
        ["PlantedAssemblies.Draw(bins)"] = () => 4,
        ["PopulationStatistics.Autocorrelation(lags)"] = () => 1,
        ["PopulationStatistics.RandomTriplets(units)"] = () => 3,
        ["PopulationStatistics.AreaAverages(areas)"] = () => TwoIndices,
        ["NpyArray.Read(source)"] = () => new MemoryStream(SmallArray()),
        ["NpyArray.ReadArchive(source)"] = SpikeArchive,
        ["SpikeTable.ReadCsv(reader)"] = () => new StringReader("unit,area,time_s\na,V,0.5\na,V,1.5\n"),
        ["SpikeTable.ReadCsv(start)"] = () => 0.0,
        ["SpikeTable.ReadCsv(end)"] = () => 2.0,
        ["SpikeTable.ReadNpz(archive)"] = SpikeArchive,
        ["SpikeTable.ReadNpz(start)"] = () => 0.0,
        ["SpikeTable.ReadNpz(end)"] = () => 2.0,
        ["RbmTraining.Resume(path)"] = SavedTraining,
        ["RbmTraining.Save(path)"] = () => Path.Combine(AppContext.BaseDirectory, "saved.training"),
        ["RbmTrainer.Run(file)"] = () => Path.Combine(AppContext.BaseDirectory, Path.GetRandomFileName()),
        ["RbmTrainer.TrajectoryChains(value)"] = () => 2,
        ["RbmTrainer.set_TrajectoryChains(value)"] = () => 2,
        ["new EffectiveCouplings(referenceRates)"] = () => new[] { 0.2, 0.6 },
        ["PairwiseIsing.AnnealedLogZ(chains)"] = () => 2,
        ["PlantedTriplets.LogLikelihood(patterns)"] = () => BinaryPatterns.From(new double[2, 18]),
        ["PopulationStatistics.TimeFactor(reference)"] = () => new[] { 1.0, 0.5, 0.25, 0.125 },
        ["PopulationStatistics.TimeFactor(other)"] = () => new[] { 1.0, 0.5, 0.25, 0.125 },
        ["Plot.StreamLines(density)"] = () => 6,
        ["PoolSweep.OverKappa(kappas)"] = () => TwoNumbers,
        ["StabilityMap.Compute(pairs)"] = () => new[] { 2, 3 },
        ["Table.FromCsv(csv)"] = () => "one\n1\n2\n",
        ["Table.Integers(name)"] = () => "two",
        ["Table.ReadCsv(path)"] = SavedCsv,
        ["Table.Truths(name)"] = () => "three",
    };

    private static readonly Dictionary<Type, Func<object>> ByType = new()
    {
        [typeof(bool)] = () => true,
        [typeof(byte)] = () => (byte)1,
        [typeof(int)] = () => 1,
        [typeof(uint)] = () => 1u,
        [typeof(long)] = () => 1L,
        [typeof(ulong)] = () => 1ul,
        [typeof(float)] = () => 0.5f,
        [typeof(double)] = () => 0.5,
        [typeof(string)] = () => "one",
        [typeof(TimeSpan)] = () => TimeSpan.FromSeconds(1.0),
        [typeof(Complex)] = () => Complex.One,
        [typeof((double, double))] = () => (0.5, 2.0),
        [typeof((double, double, bool))] = () => (0.5, 2.0, true),
        [typeof(double[,])] = () => Rows.Clone(),
        [typeof(float[,])] = () => new[,] { { 1f, 0.5f }, { 0.5f, 1f } },
        [typeof(IReadOnlyDictionary<string, IReadOnlyList<double>>)] =
            () => new Dictionary<string, IReadOnlyList<double>> { ["one"] = TwoNumbers },
        [typeof(IReadOnlyDictionary<string, ColumnType>)] = () => new Dictionary<string, ColumnType> { ["one"] = ColumnType.Number },
        [typeof(DataTable)] = () => Of<Table>().ToDataTable(),
        [typeof(CancellationToken)] = () => CancellationToken.None,
        [typeof(TimeProvider)] = () => TimeProvider.System,
        [typeof(IProgress<double>)] = () => new Progress<double>(),
        [typeof(Func<double, double>)] = () => (Func<double, double>)(z => z),
        [typeof(Func<double, double, (double, double)>)] = () => (Func<double, double, (double, double)>)((x, y) => (y, -x)),
        [typeof(Func<double, IEnumerable<double>>)] = () => (Func<double, IEnumerable<double>>)(_ => TwoNumbers),
        [typeof(Func<double, Figure>)] = () => (Func<double, Figure>)(_ => Of<Figure>()),
        [typeof(Func<double, object?>)] = () => (Func<double, object?>)(value => value),

        [typeof(VectorField)] = () => (VectorField)((_, x, dxdt) => x.CopyTo(dxdt)),
        [typeof(EventFunction)] = () => (EventFunction)((t, _) => t - 0.1),
        [typeof(RungeKuttaScheme)] = () => RungeKuttaScheme.DormandPrince,
        [typeof(Interpolant)] = () =>
            OdeSolver.Solve(Of<VectorField>(), TwoNumbers, 1.0, new OdeOptions { KeepInterpolant = true }).Interpolant!,
        [typeof(Trajectory)] = () => Of<FiringRateNetwork>().Simulate(TwoNumbers, 1.0, 0.5),
        [typeof(Philox)] = () => new Philox(1),
        [typeof(JacobianField)] = () => (JacobianField)((_, x, J) => Unit(x.Length, J)),
        [typeof(MetricField)] = () => (MetricField)((_, x, theta) => Unit(x.Length, theta)),
        [typeof(IteratedMap)] = () => (IteratedMap)((_, x, next) => x.CopyTo(next)),
        [typeof(MatrixSource)] = () => (MatrixSource)((_, _, S) => S.Clear()),
        [typeof(LyapunovOptions)] = () => new LyapunovOptions { Steps = 20, Transient = 0 },
        [typeof(RateNetwork)] = () => new RateNetwork(Stable, NetworkForm.FiringRate),
        [typeof(bool[,])] = () => new[,] { { true, true }, { true, true } },
        [typeof(Func<double, double, double, double>)] = () => (Func<double, double, double, double>)((post, pre, w) => post * pre - w),
        [typeof(IPlasticityRule)] = () => HebbianRule.AntiHebbian(1.0),
        [typeof(HebbianRule)] = () => HebbianRule.AntiHebbian(1.0),
        [typeof(SpeedGradientRule)] = () => SpeedGradientRule.InMetric(Rows, 1.0),
        [typeof(DeltaRule)] = () => new DeltaRule(1.0, 1.0, 2.0),
        [typeof(NetworkInput)] = () => NetworkInput.Constant(1.0, 2.0),
        [typeof(PlasticTrajectory)] = () => Of<PlasticNetwork>().Simulate([1.0, 2.0], Rows, 0.1, 3),
        [typeof(NamedMeasure)] = () => NamedMeasure.L2,
        [typeof(MatrixFlow)] = () => MatrixFlow.Decay(1.0),
        [typeof(MatrixMeasureFlow)] = () => MatrixMeasureFlow.Run(MatrixFlow.Decay(1.0), Rows, [NamedMeasure.L2], 0.1, 0.5),
        [typeof(Func<double, MatrixMeasureFlow>)] = () => (Func<double, MatrixMeasureFlow>)(_ => Of<MatrixMeasureFlow>()),
        [typeof(EchoStateNetwork)] = () => new EchoStateNetwork(Stable, [1.0, 1.0]),
        [typeof(MemoryOptions)] = () => new MemoryOptions { WashOut = 2, Fit = 4, Test = 4, Delays = 1 },
        [typeof(MatrixBackend)] = () => LinearAlgebra.InUse.Backend,

        [typeof(ParametricField)] = () => (ParametricField)((x, p, slope) => Cubic(x[0], p[0], slope)),
        [typeof(LaneField)] = () => (LaneField)((x, p, slope) => slope[0] = p[0] - x[0] * x[0] * x[0]),
        [typeof(Vector<double>)] = () => Vector<double>.One,
        [typeof(OdeModel)] = () => OdeModel.Of(["x", "y"], ["p", "q"], Rotation),
        [typeof(Bifurcations.Equilibrium)] = () => Bifurcations.Equilibrium.Find(Of<OdeModel>(), [0.0, 0.0], [0.0, -1.0]),
        [typeof(PeriodicOrbit)] = () => PeriodicOrbit.Find(Of<OdeModel>(), [1.0, 0.0], [0.5, -1.0], 0.0, 50.0, 20.0),
        [typeof(ContinuationOptions)] = () => new ContinuationOptions { MaxPoints = 4 },
        [typeof(ParameterPlane)] = () => new ParameterPlane(0, (-1.0, 1.0), 1, (-2.0, 2.0)),
        [typeof(EquilibriumBranch)] = () => EquilibriumBranch.Follow(Of<OdeModel>(), [0.0, 0.0], [-0.5, -1.0], 0, -1.0, 1.0),
        [typeof(BifurcationCurve)] = () => new BifurcationCurve([new BifurcationPoint([1.0, 2.0], [0.0, 0.0], null)], default),
        [typeof(IShuntableNeuron)] = () => new PyramidalNeuron(),
        [typeof(PyramidalNeuron)] = () => new PyramidalNeuron(),
        [typeof(ClampOptions)] = () => new ClampOptions { Duration = 20.0, Step = 0.05 },
        [typeof(ClampTrace)] = () => ClampTrace.Record(Of<PyramidalNeuron>(), [new ClampSegment(1.0, 0.0, 0.0)]),
        [typeof(ClampRecording)] = () => new ClampRecording([new RecordedPoint(30.0, 0.0, 15.0, 18.0, -51.0, 0.4)]),
        [typeof(SpikingSummary)] = () => DynamicClamp.SteadyState(Of<PyramidalNeuron>(), 0.0, 0.0, Of<ClampOptions>()),
        [typeof(RateSurface)] = () => DynamicClamp.Surface(Of<PyramidalNeuron>(), TwoNumbers, TwoNumbers, Of<ClampOptions>()),
        [typeof(Func<SpikingSummary, double?>)] = () => (Func<SpikingSummary, double?>)(point => point.Peak),
        [typeof(FeatureScales)] = () => FeatureScales.Fit with { },
        [typeof(FeatureCost)] = () => new FeatureCost(Of<ClampRecording>(), FeatureScales.Fit) { Clamp = Of<ClampOptions>() },
        [typeof(FitParameter)] = () => PyramidalFit.SixParameters[0] with { },
        [typeof(PyramidalFit)] = () => new PyramidalFit(Of<PyramidalNeuron>(), Of<FeatureCost>(), [.. PyramidalFit.SixParameters.Take(2)]),
        [typeof(LeastSquaresFit)] = () => LeastSquares.Fit(x => [x[0] - 1.0, x[1]], [0.0, 0.0], [-2.0, -2.0], [2.0, 2.0]),
        [typeof(Func<double[], double[]>)] = () => (Func<double[], double[]>)(x => [.. x.Select(value => value - 1.0)]),
        [typeof(Func<double[], double>)] = () => (Func<double[], double>)(x => x.Sum(value => value * value)),

        [typeof(Metric)] = () => Metric.Diagonal(1.0, 2.0),
        [typeof(JacobianFamily)] = () => JacobianFamily.Network(Weak),
        [typeof(Coverage)] = () => Coverage.AllStates,
        [typeof(ContractionCertificate)] = () => Of<TheoremResult>().Certificate!,
        [typeof(TheoremResult)] = () => ContractionTheorems.SingularValue(Weak),
        [typeof(CertificationReport)] = () => ContractionTheorems.Certify(Weak),
        [typeof(MetricSearchResult)] = () => QuadraticMetricSearch.FastestRate(Of<JacobianFamily>()),
        [typeof(RateRefutation)] = () => Of<MetricSearchResult>().Refutation!,
        [typeof(NetworkModule)] = () => NetworkModule.Certify("one", Weak),
        [typeof(Assembly)] = () => Assembly.Of(Of<NetworkModule>(), NetworkModule.Certify("two", Weak)),
        [typeof(WorstCorner)] = () => Of<JacobianFamily>().Worst(Of<Metric>()),
        [typeof(OptimalDiagonalMetric)] = () => OptimalDiagonalMetric.Of(Stable2()),
        [typeof(ComboNetwork)] = () => ComboNetwork.Of([Weak], [Metric.Identity(2)]),
        [typeof(Func<double, int, double>)] = () => (Func<double, int, double>)((t, i) => t + i),
        [typeof(Func<Philox, double[,]>)] = () => (Func<Philox, double[,]>)(random => SparseModule.WithConnections(4, 3, 0.5, random)),
        [typeof(IEnumerable<NetworkModule>)] = () => new[] { Of<NetworkModule>(), NetworkModule.Certify("two", Weak) },

        [typeof(BinaryPatterns)] = () => BinaryPatterns.From(new[,] { { 1.0, 0.0 }, { 0.0, 1.0 }, { 1.0, 1.0 }, { 0.0, 0.0 } }),
        [typeof(BernoulliRbm)] = () => new BernoulliRbm(Rows, [0.1, -0.2], [0.0, 0.3]),
        [typeof(IndependentModel)] = () => new IndependentModel([0.2, 0.6]),
        [typeof(PlantedPopulation)] = () => PlantedTriplets.Draw(new Philox(1), 4, 4),
        [typeof(SpikeTable)] = () => SpikeTable.ReadCsv(new StringReader("unit,area,time_s\na,V,0.5\na,V,1.5\n")),
        [typeof(EffectiveCouplings)] = () =>
            new EffectiveCouplings(new BernoulliRbm(new[,] { { 1.0 }, { 0.5 }, { -0.5 } }, [0.0, 0.0, 0.0], [0.1]), allowFewContributors: true),
        [typeof(PairwiseIsing)] = () => new PairwiseIsing(new[,] { { 0.0, 0.5 }, { 0.5, 0.0 } }, [0.1, -0.2]),
        [typeof(RbmTrainer)] = () => new RbmTrainer { LearningRate = 0.1, GibbsSteps = 1, Chains = 2, BatchSize = 2, Threads = 1 },
        [typeof(RbmTraining)] = () => Of<RbmTrainer>().Begin(Of<BinaryPatterns>(), Of<BernoulliRbm>(), new Philox(1)),
        [typeof(GibbsChains)] = () => GibbsChains.FromCoins(Of<BernoulliRbm>(), 2, new Philox(1), threads: 1),
        [typeof(TrajectoryTempering)] = () => new TrajectoryTempering([Of<BernoulliRbm>(), Of<BernoulliRbm>()], 2, new Philox(1), threads: 1),
        [typeof(IReadOnlyList<BernoulliRbm>)] = () => new[] { Of<BernoulliRbm>(), Of<BernoulliRbm>() },
        [typeof(PartitionEstimate)] = () => new PartitionEstimate("exact", 1.0, 0.0, 1.0),
        [typeof(IReadOnlyList<(int, int, int)>)] = () => new[] { (0, 1, 1) },
        [typeof(Func<BinaryPatterns, double[]>)] = () => (Func<BinaryPatterns, double[]>)(words => words.Rates()),
        [typeof(IProgress<TrainingProgress>)] = () => new Progress<TrainingProgress>(),
        [typeof(Stream)] = () => new MemoryStream(),

        [typeof(Tape<double>)] = () => OnTape,
        [typeof(Variable<double>)] = () => OnTape.Constant(2, 2, [1.0, 0.5, 0.25, 2.0]),
        [typeof(Parameter<double>)] = () => new Parameter<double>("one", 2, 2).Constant(0.5),
        [typeof(IEnumerable<Parameter<double>>)] = () => new[] { Of<Parameter<double>>() },
        [typeof(Func<Tape<double>, Variable<double>>)] = () => (Func<Tape<double>, Variable<double>>)(tape => tape.Constant(1, 1, [1.0])),
        [typeof(MomentStep<double>)] = () => (MomentStep<double>)((_, _, _, _) => { }),
        [typeof(Nonlinearity)] = () => Nonlinearity.Tanh,
        [typeof(Optimiser)] = () => new Sgd(0.1),
        [typeof(Schedule)] = () => Schedule.Constant,
        [typeof(StepDecay)] = () => new StepDecay(0.1, 5),
        [typeof(ReadOnlyMemory<int>)] = () => new ReadOnlyMemory<int>(TwoIndices),
        [typeof(Minibatch)] = () => new Minibatch(TwoIndices, 0, 0),
        [typeof(TrainingSettings)] = () => new TrainingSettings { BatchSize = 2, Samples = 2, Threads = 1 },
        [typeof(ILearner<double>)] = () => Of<ComboLearner<double>>(),
        [typeof(Training<double>)] = () => new Training<double>(Of<ILearner<double>>(), Of<TrainingSettings>(), new Philox(1)),
        [typeof(EarlyStopping)] = () => new EarlyStopping(() => 1.0, 1),
        [typeof(Func<double>)] = () => (Func<double>)(() => 1.0),
        [typeof(IProgress<LearningProgress>)] = () => new Progress<LearningProgress>(),
        [typeof(ParameterCheck)] = () => new ParameterCheck("one", 0.0, 1.0, 0),
        [typeof(ComboDesign)] = () => new ComboDesign { Modules = 2, Units = 2, Density = 0.5 },
        [typeof(ComboClassifier<double>)] = () => new ComboClassifier<double>(Of<ComboDesign>(), new Philox(1)),
        [typeof(ComboLearner<double>)] = () => new ComboLearner<double>(Of<ComboClassifier<double>>(), Of<ImageStreams>()),
        [typeof(ComboCertificate)] = () => new ComboCertificate(0.1, 0.0),
        [typeof(ComboRecipe)] = () => ComboRecipe.Find("rows-sparse") with { Epochs = 1 },
        [typeof(ImageStreams)] = () => ImageStreams.Of([0f, 0.5f, 1f, 0f, 0.5f, 0f, 1f, 1f], [1, 0], 2),

        [typeof(TaskTiming)] = () => ShortTrials,
        [typeof(DelayedMatchToSampleTask)] = () => new DelayedMatchToSampleTask(ShortTrials, 3, 1),
        [typeof(TrialBatch)] = () => Of<DelayedMatchToSampleTask>().Sample(4, new Philox(1)),
        [typeof(MemoryNetwork)] = () => Of<FixedSynapseRnn>(),
        [typeof(FixedSynapseRnn)] = () => FixedSynapseRnn.Draw(RateFunction.Relu, 2, 5, new Philox(1)),
        [typeof(PresynapticStpRnn)] = () => PresynapticStpRnn.Draw(StpVariant.Physical, 2, 5, new Philox(1)),
        [typeof(AntiHebbianRnn)] = () => AntiHebbianRnn.Draw(2, 5, new Philox(1)),
        [typeof(MemoryLearner<double>)] = () => new MemoryLearner<double>(Of<MemoryNetwork>(), Of<DelayedMatchToSampleTask>(), new Philox(1)),
        [typeof(TrainingRecipe)] = () => new TrainingRecipe("sample", Of<MemoryNetwork>(), 1e-3, 0.0, BatchSize: 2, Updates: 1),
        [typeof(TrainedNetwork)] = () => new TrainedNetwork(Of<MemoryNetwork>(), 1, 0.5, TrainingEnd.Completed, [0.5], []),
        [typeof(NetworkRun)] = () => Of<MemoryNetwork>().Run(Of<TrialBatch>(), new Philox(1), threads: 1),
        [typeof(NetworkPerturbation)] = () => NetworkPerturbation.None with { },
        [typeof(Recording)] = () => new Recording(),
        [typeof(TrialSeries)] = () => new TrialSeries(FourTrials(), 200.0),
        [typeof(TimeResolvedDecoder)] = () => new TimeResolvedDecoder(),
        [typeof(RobustnessCurve)] = () => new RobustnessCurve([0.0, 0.5], [1.0, 0.5], [0.0, 0.0]),
        [typeof(PlantedPrefrontal)] = () => new PlantedPrefrontal(Units: 10),
        [typeof(ShortTermPlasticity)] = () => ShortTermPlasticity.Facilitating with { },
        [typeof(LinearDiscriminant)] = () => LinearDiscriminant.Fit(FourPoints(), TwoByTwo, 1),

        [typeof(Activation)] = () => Activation.Relu,
        [typeof(INashSolver)] = () => new BestResponse(),
        [typeof(FiringRateNetwork)] = () => WilsonCowanPair.Antagonistic.Network(),
        [typeof(CrossInhibition)] = () => CrossInhibition.Micro with { },
        [typeof(PooledInhibition)] = () => PooledInhibition.Pool with { },
        [typeof(WilsonCowanPair)] = () => WilsonCowanPair.Antagonistic with { },
        [typeof(DiagonalStabilityResult)] = () => DiagonalStability.Test(Stable),
        [typeof(LyapunovFunction)] = () => LyapunovFunction.Of(Of<FiringRateNetwork>(), Rest),
        [typeof(Potential)] = () => Circuits.SymmetricPair.PotentialOrNull()!,

        [typeof(DatasetInfo)] = () => DatasetCatalogue.Parse(SmallCatalogue)[0],
        [typeof(DatasetFile)] = () => Of<DatasetInfo>().Files[0],
        [typeof(TextWriter)] = () => new StringWriter(),
        [typeof(IzhikevichNeuron)] = () => IzhikevichNeuron.RegularSpiking with { },
        [typeof(IzhikevichScheme)] = () => IzhikevichScheme.HalfStep,
        [typeof(CurrentProtocol)] = () => CurrentProtocol.Constant(1.0),
        [typeof(LeakyNeuron)] = () => LeakyNeuron.Typical,
        [typeof(AdaptiveExponentialNeuron)] = () => AdaptiveExponentialNeuron.RegularSpiking,
        [typeof(int[,])] = () => new[,] { { 1, 0 }, { 0, 1 } },
        [typeof(SpikingPopulation)] = () => new LeakyPopulation(LeakyNeuron.Typical, 2),
        [typeof(Connectivity)] = () => DenseConnectivity.Of(new float[2, 2]),
        [typeof(DenseConnectivity)] = () => DenseConnectivity.Of(new float[2, 2]),
        [typeof(SparseConnectivity)] = () => SparseConnectivity.Of(2, [(0, 1, 0.5f)]),
        [typeof(Drive)] = () => new CurrentDrive([1f, 2f]),
        [typeof(CortexOptions)] = () => new CortexOptions { Excitatory = 8, Inhibitory = 2 },
        [typeof(SynchronyMeter)] = () => new SynchronyMeter(2),
        [typeof(SpikeRecord)] = () => new SpikeRecord([0.5, 1.5], [0, 1], 2, 5.0, [new CellGroup("one", 0, 2)]),
        [typeof(NetworkRecord)] = () => Of<SpikingNetwork>().Run(5.0),
        [typeof(PowerSpectrum)] = () => new PowerSpectrum([0.0, 0.5, 1.0], [1.0, 2.0, 3.0]),
        [typeof(Spectrogram)] = () => new Spectrogram([0.5], [0.0, 0.5], [[1.0, 2.0]]),

        [typeof(Dataset)] = () => Dataset.Open(Of<DatasetInfo>(), SavedDatasets()),
        [typeof(IdxArray)] = () => IdxArray.Read(TwoItems),
        [typeof(ReadOnlyMemory<byte>)] = () => new ReadOnlyMemory<byte>(TwoItems),
        [typeof(Func<string, string?>)] = () => (Func<string, string?>)(_ => null),

        [typeof(Figure)] = () => Plot.Line(TwoNumbers, TwoNumbers),
        [typeof(Color)] = () => Palette.Data,
        [typeof(ColorScale)] = () => ColorScale.Sequential,
        [typeof(Check)] = () => Is.Above(0.0),
        [typeof(ClaimValue)] = () => ClaimValue.From(1.0),
        [typeof(Column)] = () => Column.Of("one", TwoNumbers),
        [typeof((string, Func<double, object?>)[])] = () => new (string, Func<double, object?>)[] { ("one", value => value) },
        [typeof(Table)] = () => new Table(Of<Column>(), Column.Of("two", TwoIndices), Column.Of("three", new[] { true, false })),
    };

    private static readonly byte[] TwoItems = [0, 0, 8, 1, 0, 0, 0, 2, 5, 6];

    private const string SmallCatalogue = """
        {"schema": 1, "datasets": [{"name": "small", "title": "t", "about": "a", "citation": "c", "page": "p", "licence": "l", "addresses": [],
          "files": [{"name": "three-bytes", "remote": "three-bytes.gz", "size": 3,
                     "sha256": "039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81"}]}]}
        """;

    /// <summary>A cache with the small set, and with files of the right sizes, and zeros in them, for the others.</summary>
    private static string SavedDatasets()
    {
        string cache = Path.Combine(AppContext.BaseDirectory, "datasets");
        foreach (DatasetInfo info in DatasetCatalogue.All.Add(DatasetCatalogue.Parse(SmallCatalogue)[0]))
            foreach (DatasetFile file in info.Files)
            {
                using FileStream stream = File.Create(Path.Combine(Directory.CreateDirectory(Path.Combine(cache, info.Name)).FullName, file.Name));
                if (info.Name == "small") stream.Write([1, 2, 3]);
                else stream.SetLength(file.Size);
            }
        return cache;
    }

    private static void Unit(int n, Span<double> matrix)
    {
        matrix.Clear();
        for (int i = 0; i < n; i++) matrix[i * n + i] = 1.0;
    }

    private static byte[] SmallArray() =>
        [0x93, .. "NUMPY"u8, 1, 0, 58, 0, .. System.Text.Encoding.ASCII.GetBytes("{'descr': '<f8', 'fortran_order': False, 'shape': (1,), }\n".PadRight(58)),
            .. BitConverter.GetBytes(0.5)];

    private static MemoryStream SpikeArchive()
    {
        var stream = new MemoryStream();
        using (var archive = new System.IO.Compression.ZipArchive(stream, System.IO.Compression.ZipArchiveMode.Create, leaveOpen: true))
            foreach (string name in (string[])["unit", "time_s", "area"])
            {
                using Stream entry = archive.CreateEntry(name + ".npy").Open();
                entry.Write(SmallArray());
            }
        stream.Position = 0;
        return stream;
    }

    private static MemoryStream SavedMachine()
    {
        var stream = new MemoryStream();
        Of<BernoulliRbm>().Save(stream);
        stream.Position = 0;
        return stream;
    }

    private static string SavedTraining()
    {
        string path = Path.Combine(AppContext.BaseDirectory, "saved.training");
        Of<RbmTraining>().Save(path);
        return path;
    }

    private static void Cubic(double x, double p, Span<double> slope) => slope[0] = p - x * x * x;

    /// <summary>x' = q + p x − x³: a fold at x = 1 for p = 3, q = −2.</summary>
    private static OdeModel Cusp() =>
        OdeModel.Of(["x"], ["p", "q"], (x, p, slope) => slope[0] = p[1] + p[0] * x[0] - x[0] * x[0] * x[0]);

    private static PeriodicOrbit FoldOfCycles() => CycleBranch.Follow(
        Of<OdeModel>(), PeriodicOrbit.Find(Of<OdeModel>(), [1.2, 0.0], [0.2, 1.0], 0.0, 50.0, 20.0), 0, -1.0, 1.0, downwards: true).Folds[0];

    /// <summary>The Hopf normal form to fifth order: a stable rest state at p = −1, a cycle for p above 0.</summary>
    private static void Rotation(ReadOnlySpan<double> x, ReadOnlySpan<double> p, Span<double> slope)
    {
        double r2 = x[0] * x[0] + x[1] * x[1], growth = p[0] + p[1] * r2 - r2 * r2;
        slope[0] = growth * x[0] - x[1];
        slope[1] = growth * x[1] + x[0];
    }

    private static double[,] Stable2() => new[,] { { -1.0, 0.5 }, { 0.2, -1.0 } };

    private static string SavedCsv()
    {
        string path = Path.Combine(AppContext.BaseDirectory, "sample.csv");
        File.WriteAllText(path, "one\n1\n2\n");
        return path;
    }

    private static double[] Rest => [.. EquilibriumEnumerator.All(Of<FiringRateNetwork>()).Only.Rates];

    /// <summary>A valid argument, null if only null is known to be one.</summary>
    public static object? Of(Callable callable, ParameterInfo parameter) =>
        Named($"{callable.Name}({parameter.Name})", parameter.ParameterType) ?? Named(parameter.Name!, parameter.ParameterType)
        ?? Of(parameter.ParameterType) ?? (parameter.HasDefaultValue ? parameter.DefaultValue : null);

    /// <summary>An object to call an instance member of.</summary>
    public static object? Target(Callable callable) => Named($"{callable.Name}(this)", callable.Owner) ?? Of(callable.Owner);

    private static object? Named(string name, Type type) =>
        ByName.TryGetValue(name, out Func<object>? make) && make() is var made && Callable.Passed(type).IsInstanceOfType(made) ? made : null;

    /// <summary>A valid object of a type: from the table, an array of two, or by its simplest constructor from valid arguments.</summary>
    public static object? Of(Type asked)
    {
        Type type = Callable.Passed(Nullable.GetUnderlyingType(asked) ?? asked);
        if (ByType.TryGetValue(type, out Func<object>? make)) return make();
        if (type.IsEnum) return Enum.GetValues(type).GetValue(0);
        if (type.IsArray && type.GetArrayRank() == 1) return Two(type.GetElementType()!);
        if (type.IsGenericType && type.GetGenericArguments() is [var element])
        {
            if (type.IsAssignableFrom(element.MakeArrayType())) return Two(element);
            if (type.GetGenericTypeDefinition() == typeof(ImmutableArray<>))
                return typeof(ImmutableArray).GetMethods().Single(m => m.Name == "Create" && m.GetParameters() is [{ ParameterType.IsArray: true }])
                    .MakeGenericMethod(element).Invoke(null, [Two(element)]);
        }
        if (type.FullName!.StartsWith("System.ValueTuple", StringComparison.Ordinal) || type.Namespace!.StartsWith("NeuroNotebooks", StringComparison.Ordinal))
            return type.GetConstructors().MinBy(c => c.GetParameters().Length) is { } constructor
                ? constructor.Invoke([.. constructor.GetParameters().Select(p => Of(p.ParameterType))])
                : null;
        return null;
    }

    public static T Of<T>() => (T)Of(typeof(T))!;

    /// <summary>A delegate that returns null.</summary>
    public static Delegate AnsweringNull(Type type)
    {
        MethodInfo invoke = type.GetMethod("Invoke")!;
        return Expression.Lambda(type, Expression.Constant(null, invoke.ReturnType),
            invoke.GetParameters().Select(p => Expression.Parameter(p.ParameterType))).Compile();
    }

    private static Array Two(Type element)
    {
        if (element == typeof(double)) return (Array)TwoNumbers.Clone();
        if (element == typeof(int)) return (Array)TwoIndices.Clone();
        if (element == typeof(string)) return (Array)TwoWords.Clone();
        Array two = Array.CreateInstance(element, 2);
        two.SetValue(Of(element), 0);
        two.SetValue(Of(element), 1);
        return two;
    }
}
