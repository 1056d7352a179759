// As in the bridge: a name alone is MLPath's, and "MS." or "MSData." marks Microsoft.ML's.
global using MS = Microsoft.ML;
global using MSData = Microsoft.ML.Data;
