using System.Collections;
using Microsoft.ML.Data;

namespace Microsoft.ML
{
    /// <summary>Learns a transformer from data.</summary>
    public interface IEstimator<out TTransformer> where TTransformer : ITransformer
    {
        TTransformer Fit(IDataView input);

        SchemaShape GetOutputSchema(SchemaShape inputSchema);
    }

    /// <summary>Makes one view of another.</summary>
    public interface ITransformer : ICanSaveModel
    {
        bool IsRowToRowMapper { get; }

        DataViewSchema GetOutputSchema(DataViewSchema inputSchema);

        IDataView Transform(IDataView input);

        IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema);
    }

    /// <summary>What a model file may hold.</summary>
    public interface ICanSaveModel
    {
        void Save(ModelSaveContext ctx);
    }

    /// <summary>A place in a model file that is being written. Nobody but Microsoft.ML can make one or write to it.</summary>
    public sealed class ModelSaveContext
    {
        internal ModelSaveContext()
        {
        }
    }
}

namespace Microsoft.ML.Data
{
    /// <summary>Transformers one after another.</summary>
    public sealed class TransformerChain<TLastTransformer> : ITransformer, IEnumerable<ITransformer> where TLastTransformer : class, ITransformer
    {
        private readonly ITransformer[] _transformers;

        public TransformerChain(params ITransformer[] transformers) => _transformers = [.. transformers];

        bool ITransformer.IsRowToRowMapper => _transformers.All(t => t.IsRowToRowMapper);

        public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) =>
            _transformers.Aggregate(inputSchema, (schema, transformer) => transformer.GetOutputSchema(schema));

        public IDataView Transform(IDataView input) => _transformers.Aggregate(input, (view, transformer) => transformer.Transform(view));

        IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => throw Engine.Needed;

        void ICanSaveModel.Save(ModelSaveContext ctx) => throw Engine.Needed;

        public IEnumerator<ITransformer> GetEnumerator() => ((IEnumerable<ITransformer>)_transformers).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

    /// <summary>An estimator that learns nothing.</summary>
    public abstract class TrivialEstimator<TTransformer> : IEstimator<TTransformer> where TTransformer : class, ITransformer
    {
        private protected TrivialEstimator() => throw Engine.Needed;

        public TTransformer Fit(IDataView input) => throw Engine.Needed;

        public abstract SchemaShape GetOutputSchema(SchemaShape inputSchema);
    }

    /// <summary>A transformer of Microsoft.ML that maps row to row.</summary>
    public abstract class RowToRowTransformerBase : ITransformer
    {
        private protected RowToRowTransformerBase() => throw Engine.Needed;

        bool ITransformer.IsRowToRowMapper => true;

        public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => throw Engine.Needed;

        public IDataView Transform(IDataView input) => throw Engine.Needed;

        IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => throw Engine.Needed;

        void ICanSaveModel.Save(ModelSaveContext ctx) => throw Engine.Needed;
    }
}
