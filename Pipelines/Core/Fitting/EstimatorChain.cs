using System.Diagnostics;
using System.Globalization;
using MLPath.Data;
using MLPath.Runtime;
using MLPath.Trainers;

namespace MLPath.Data
{
    /// <summary>One step of an <see cref="EstimatorChain{TLastTransformer}"/>.</summary>
    /// <param name="Estimator">What is fitted.</param>
    /// <param name="Scope">In which uses of the fitted pipeline it takes part.</param>
    /// <param name="Name">Its name, for errors, progress and its random streams; "step 3" when none was given.</param>
    /// <param name="CacheAfter">Whether its output is held in memory for the steps that follow.</param>
    public sealed record EstimatorStep(IEstimator<ITransformer> Estimator, TransformerScope Scope, string Name, bool CacheAfter = false);

    /// <summary>A chain without its type.</summary>
    public interface IEstimatorChain
    {
        /// <summary>The steps, in order.</summary>
        IReadOnlyList<EstimatorStep> Steps { get; }
    }

    /// <summary>
    /// Estimators one after the other: each is fitted on what the ones before make of the data. Immutable; <see cref="Append{TNew}"/> returns
    /// a longer chain.
    /// </summary>
    /// <typeparam name="TLastTransformer">What the last step learns.</typeparam>
    public sealed class EstimatorChain<TLastTransformer> : IEstimator<TransformerChain<TLastTransformer>>, IEstimatorChain
        where TLastTransformer : class, ITransformer
    {
        private readonly EstimatorStep[] _steps;
        private readonly bool _cacheFirst;

        /// <summary>Creates an empty chain.</summary>
        public EstimatorChain() => _steps = [];

        internal EstimatorChain(EstimatorStep[] steps, bool cacheFirst) => (_steps, _cacheFirst) = (steps, cacheFirst);

        /// <inheritdoc/>
        public IReadOnlyList<EstimatorStep> Steps => _steps;

        /// <summary>This chain with one more step.</summary>
        /// <typeparam name="TNew">What the step learns.</typeparam>
        /// <param name="estimator">The step.</param>
        /// <param name="scope">In which uses of the fitted pipeline it takes part; its <see cref="IEstimator{TTransformer}.DefaultScope"/> when omitted.</param>
        /// <param name="name">Its name; unique in the chain. Its position names it when omitted.</param>
        public EstimatorChain<TNew> Append<TNew>(
            IEstimator<TNew> estimator, TransformerScope? scope = null, string? name = null)
            where TNew : class, ITransformer
        {
            ArgumentNullException.ThrowIfNull(estimator);
            name ??= string.Create(CultureInfo.InvariantCulture, $"step {_steps.Length + 1}");
            if (Array.Exists(_steps, s => s.Name == name))
                throw new ArgumentException($"The chain has a step named '{name}' already.", nameof(name));
            return new EstimatorChain<TNew>([.. _steps, new EstimatorStep(estimator, scope ?? estimator.DefaultScope, name)], _cacheFirst);
        }

        /// <summary>This chain with its output so far held in memory while the following steps are fitted.</summary>
        /// <param name="environment">Not needed; accepted as in ML.NET.</param>
        public EstimatorChain<TLastTransformer> AppendCacheCheckpoint(MLEnvironment? environment = null) =>
            _steps.Length == 0
                ? new(_steps, cacheFirst: true)
                : new([.. _steps[..^1], _steps[^1] with { CacheAfter = true }], _cacheFirst);

        /// <inheritdoc/>
        public TransformerChain<TLastTransformer> Fit(IDataView input, FitContext context)
        {
            ArgumentNullException.ThrowIfNull(input);
            ArgumentNullException.ThrowIfNull(context);
            GetOutputSchema(SchemaShape.Create(input.Schema));
            var clock = Stopwatch.StartNew();
            var data = _cacheFirst ? InMemoryDataView.Load(input, context.CancellationToken) : input;
            var validation = context.ValidationData;
            var previous = (context.PreviousModel as ITransformerChain)?.Transformers;
            var transformers = new ITransformer[_steps.Length];
            var durations = new TimeSpan[_steps.Length];
            for (int i = 0; i < _steps.Length; i++)
            {
                var step = _steps[i];
                var stepContext = context.Step(step.Name) with
                {
                    ValidationData = validation,
                    PreviousModel = previous?.Count == _steps.Length ? previous[i] : null,
                };
                stepContext.Checkpoint();
                var started = clock.Elapsed;
                transformers[i] = InStep(i, () => step.Estimator.Fit(data, stepContext));
                durations[i] = clock.Elapsed - started;
                if (i == _steps.Length - 1)
                    break;
                data = InStep(i, () => transformers[i].Transform(data));
                if (step.CacheAfter)
                    data = InMemoryDataView.Load(data, context.CancellationToken);
                if (validation is not null && step.Scope.HasFlag(TransformerScope.Testing))
                    validation = transformers[i].Transform(validation);
            }

            return new TransformerChain<TLastTransformer>(
                transformers, [.. _steps.Select(s => s.Scope)], [.. _steps.Select(s => s.Name)])
            {
                FittedOn = input.Lineage,
                Provenance = new FitProvenance(
                    input.Lineage, input.GetRowCount(), [.. _steps.Select(s => KeyValuePair.Create(s.Name, $"{s.Estimator}"))], clock.Elapsed)
                {
                    StepDurations = durations,
                    Seed = context.Seed,
                    LabelColumn = _steps.Select(s => (s.Estimator as ITrainer)?.LabelColumnName).LastOrDefault(name => name is not null),
                },
            };
        }

        /// <inheritdoc/>
        public SchemaShape GetOutputSchema(SchemaShape inputSchema)
        {
            var shape = inputSchema;
            for (int i = 0; i < _steps.Length; i++)
                shape = InStep(i, () => _steps[i].Estimator.GetOutputSchema(shape));
            return shape;
        }

        /// <summary>The steps, one a line.</summary>
        public override string ToString() => string.Join(Environment.NewLine, _steps.Select((s, i) => Describe(i)));

        private string Describe(int i) =>
            _steps[i].Name == string.Create(CultureInfo.InvariantCulture, $"step {i + 1}")
                ? $"{i + 1}. {_steps[i].Estimator}"
                : $"{i + 1}. {_steps[i].Name}: {_steps[i].Estimator}";

        // Errors say in which step they arose.
        private T InStep<T>(int i, Func<T> action)
        {
            try
            {
                return action();
            }
            catch (SchemaException error)
            {
                throw error.In($"Step {Describe(i)}");
            }
            catch (DataException error)
            {
                throw new DataException($"Step {Describe(i)}: {error.Message}", error);
            }
        }
    }
}

namespace MLPath
{
    /// <summary>Fitting and chaining of estimators.</summary>
    public static class LearningPipelineExtensions
    {
        extension<TTransformer>(IEstimator<TTransformer> estimator) where TTransformer : class, ITransformer
        {
            /// <summary>Learns from a view, with the default context.</summary>
            /// <param name="input">The data.</param>
            public TTransformer Fit(IDataView input) => estimator.Fit(input, FitContext.Default);

            /// <summary>Learns from a view, reporting progress and stopping when asked to.</summary>
            /// <param name="input">The data.</param>
            /// <param name="progress">Hears how the fit goes; null for nobody.</param>
            /// <param name="cancellationToken">Ends the fit early.</param>
            public TTransformer Fit(IDataView input, IProgress<FitProgress>? progress, CancellationToken cancellationToken = default) =>
                estimator.Fit(input, FitContext.Default with { Progress = progress, CancellationToken = cancellationToken });

            /// <summary>A chain of this estimator and another.</summary>
            /// <typeparam name="TNew">What the other learns.</typeparam>
            /// <param name="next">The other, fitted on what this one makes of the data.</param>
            /// <param name="scope">
            /// In which uses of the fitted pipeline the other takes part; its <see cref="IEstimator{TTransformer}.DefaultScope"/> when omitted.
            /// </param>
            /// <param name="name">The other's name; its position names it when omitted.</param>
            public EstimatorChain<TNew> Append<TNew>(
                IEstimator<TNew> next, TransformerScope? scope = null, string? name = null)
                where TNew : class, ITransformer =>
                new EstimatorChain<TTransformer>().Append(estimator).Append(next, scope, name);

            /// <summary>A chain of this estimator whose output is held in memory while the following steps are fitted.</summary>
            /// <param name="environment">Not needed; accepted as in ML.NET.</param>
            public EstimatorChain<TTransformer> AppendCacheCheckpoint(MLEnvironment? environment = null) =>
                new EstimatorChain<TTransformer>().Append(estimator).AppendCacheCheckpoint(environment);
        }
    }
}
