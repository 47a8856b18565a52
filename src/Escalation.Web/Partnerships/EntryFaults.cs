using Escalation.Core.Cases;
using Escalation.Web.Forms;

namespace Escalation.Web.Partnerships;

/// <summary>The faults of a directory entry on a form that shows a part of it.</summary>
internal static class EntryFaults
{
    /// <param name="asked">The form's field for one of the entry's, its place in a list aside; null: the form cannot mend it, and
    /// says so.</param>
    public static FormErrors At(
        IReadOnlyList<FormPart> parts,
        FormValues values,
        Refusal refusal,
        Func<string, string?> asked
    )
    {
        var names = parts.Select(p => p.Name).ToHashSet();
        var here = new Dictionary<string, Fault[]>(StringComparer.Ordinal);
        var elsewhere = new List<FieldError>();
        foreach (var (at, faults) in refusal.Errors!)
            if (asked(at)?.Split('[')[0] is { } field && names.Contains(field))
                here.TryAdd(field, faults);
            else
                elsewhere.Add(
                    new("", $"The entry has a fault elsewhere ({at}): {string.Join(' ', faults.Select(f => f.Text))}")
                );
        return FormFaults.Of(parts, values, elsewhere, here.Count == 0 ? null : Refusal.Invalid(here));
    }
}
