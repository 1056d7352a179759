using MLPath.Data;
using MLPath.Trainers;

namespace MLPath.Runtime;

/// <summary>Registers models: each with the transformer that scores with it.</summary>
public static class ModelComponents
{
    extension(ComponentList list)
    {
        /// <summary>Adds a model that tells two classes apart.</summary>
        /// <typeparam name="TModel">The model.</typeparam>
        /// <param name="id">Its component id.</param>
        /// <param name="load">Loads it.</param>
        /// <param name="version">The newest <see cref="ICanSaveModel.ComponentVersion"/> of the model that <paramref name="load"/> reads.</param>
        public ComponentList AddBinaryModel<TModel>(string id, Func<ModelLoadContext, TModel> load, int version = 1) where TModel : class, IBinaryModel =>
            list.Add(id, load, version).Add($"{id}/Binary", BinaryPredictionTransformer<TModel>.Load);

        /// <summary>Adds a model that tells several classes apart.</summary>
        /// <typeparam name="TModel">The model.</typeparam>
        /// <param name="id">Its component id.</param>
        /// <param name="load">Loads it.</param>
        /// <param name="version">The newest <see cref="ICanSaveModel.ComponentVersion"/> of the model that <paramref name="load"/> reads.</param>
        public ComponentList AddMulticlassModel<TModel>(string id, Func<ModelLoadContext, TModel> load, int version = 1) where TModel : class, IMulticlassModel =>
            list.Add(id, load, version).Add($"{id}/Multiclass", MulticlassPredictionTransformer<TModel>.Load);

        /// <summary>Adds a model that serves two classes and several alike.</summary>
        /// <typeparam name="TModel">The model.</typeparam>
        /// <param name="id">Its component id.</param>
        /// <param name="load">Loads it.</param>
        /// <param name="version">The newest <see cref="ICanSaveModel.ComponentVersion"/> of the model that <paramref name="load"/> reads.</param>
        public ComponentList AddClassModel<TModel>(string id, Func<ModelLoadContext, TModel> load, int version = 1) where TModel : class, IBinaryModel, IMulticlassModel =>
            list.AddBinaryModel(id, load, version).Add($"{id}/Multiclass", MulticlassPredictionTransformer<TModel>.Load);

        /// <summary>Adds a model that predicts a number.</summary>
        /// <typeparam name="TModel">The model.</typeparam>
        /// <param name="id">Its component id.</param>
        /// <param name="load">Loads it.</param>
        /// <param name="version">The newest <see cref="ICanSaveModel.ComponentVersion"/> of the model that <paramref name="load"/> reads.</param>
        public ComponentList AddRegressionModel<TModel>(string id, Func<ModelLoadContext, TModel> load, int version = 1) where TModel : class, IRegressionModel =>
            list.Add(id, load, version).Add($"{id}/Regression", RegressionPredictionTransformer<TModel>.Load);

        /// <summary>Adds a model that assigns rows to clusters.</summary>
        /// <typeparam name="TModel">The model.</typeparam>
        /// <param name="id">Its component id.</param>
        /// <param name="load">Loads it.</param>
        /// <param name="version">The newest <see cref="ICanSaveModel.ComponentVersion"/> of the model that <paramref name="load"/> reads.</param>
        public ComponentList AddClusteringModel<TModel>(string id, Func<ModelLoadContext, TModel> load, int version = 1) where TModel : class, IClusteringModel =>
            list.Add(id, load, version).Add($"{id}/Clustering", ClusteringPredictionTransformer<TModel>.Load);

        /// <summary>Adds a model that finds anomalies.</summary>
        /// <typeparam name="TModel">The model.</typeparam>
        /// <param name="id">Its component id.</param>
        /// <param name="load">Loads it.</param>
        /// <param name="version">The newest <see cref="ICanSaveModel.ComponentVersion"/> of the model that <paramref name="load"/> reads.</param>
        public ComponentList AddAnomalyModel<TModel>(string id, Func<ModelLoadContext, TModel> load, int version = 1) where TModel : class, IAnomalyModel =>
            list.Add(id, load, version).Add($"{id}/Anomaly", AnomalyPredictionTransformer<TModel>.Load);
    }
}
