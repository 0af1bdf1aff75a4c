using System.Globalization;
using NeuroNotebooks.Runner.Documents;
using NeuroNotebooks.Runner.Execution;
using NeuroNotebooks.Runner.Parameters;
using NeuroNotebooks.Runner.Wording;

namespace NeuroNotebooks.Runner.Commands;

/// <summary>Limits, profile and parameters as the command line gives them.</summary>
/// <param name="Profile">quick, full, or null to leave the notebook's own.</param>
/// <param name="Parameters">Values by name.</param>
/// <param name="Limit">For a whole notebook; null for the profile's own.</param>
/// <param name="CellLimit">For a cell; null for the profile's own.</param>
/// <param name="KeepGoing">Go on after a failing cell.</param>
internal sealed record RunSettings(
    string? Profile = null,
    IReadOnlyDictionary<string, string>? Parameters = null,
    TimeSpan? Limit = null,
    TimeSpan? CellLimit = null,
    bool KeepGoing = false)
{
    /// <summary>The options for one notebook.</summary>
    /// <param name="notebook">The notebook: whether it declares a profile decides whether one is set.</param>
    /// <param name="repository">Where its library lies.</param>
    /// <param name="profileRequired">Whether a notebook without a profile is an error rather than run as it is.</param>
    public ExecutionOptions For(NotebookDocument notebook, string? repository, bool profileRequired)
    {
        var values = new Dictionary<string, string>(Parameters ?? new Dictionary<string, string>());
        ParameterDeclaration? declared = NotebookParameters.Declared(notebook).FirstOrDefault(p => p.Name == "profile");
        bool isDefault = declared is not null && declared.Default == $"\"{Profile}\"";
        bool stale = notebook.Cells.Any(cell => cell.HasTag(NotebookParameters.InjectedTag));
        if (Profile is { } profile && (declared is not null || profileRequired) && (!isDefault || stale)) values.TryAdd("profile", profile);

        bool full = values.GetValueOrDefault("profile") == "full";
        return new()
        {
            Parameters = values,
            CellLimit = CellLimit ?? (full ? TimeSpan.FromHours(6) : TimeSpan.FromMinutes(10)),
            NotebookLimit = Limit ?? (full ? TimeSpan.FromHours(12) : TimeSpan.FromHours(1)),
            KeepGoing = KeepGoing,
            Repository = repository,
        };
    }

    /// <summary>Reads a profile.</summary>
    /// <exception cref="UsageException">Neither quick nor full.</exception>
    public static string? ReadProfile(string? text) => text is null or "quick" or "full"
        ? text : throw new UsageException(
            $"There is no profile \"{text}\": expected quick or full.{Nearest.Hint(text, ["quick", "full"])}");

    /// <summary>Reads 90, 90s, 10m, 2h.</summary>
    /// <exception cref="UsageException">Not a time.</exception>
    public static TimeSpan? ReadTime(string option, string? text)
    {
        if (text is null) return null;
        double unit = text.EndsWith('h') ? 3600 : text.EndsWith('m') ? 60 : 1;
        string digits = text.TrimEnd('h', 'm', 's');
        bool number = double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value);
        return number && value > 0 && value * unit < 1e7
            ? TimeSpan.FromSeconds(value * unit)
            : throw new UsageException($"{option} is \"{text}\": expected a time above zero, such as 90s, 10m or 2h.");
    }
}
