namespace Escalation.Core.Policies;

/// <summary>Whether the printed forms show what is there, and can be printed.</summary>
internal static class RecordFormChecks
{
    private const int MostForms = 5,
        MostSections = 20,
        MostLines = 30,
        MostShown = 10,
        LongestWords = 200;

    public static void Check(Policy policy, PolicyErrors errors)
    {
        if (policy.Forms is not { } forms)
            return;
        Count(forms, "forms", MostForms, errors);
        foreach (var (i, form) in forms.Index())
            Form(policy, form, $"forms[{i}]", errors);
    }

    private static void Form(Policy policy, RecordForm form, string path, PolicyErrors errors)
    {
        Words(form.Title, $"{path}.title", errors);
        if (form.FromStage is { } stage)
            errors.Unless(
                policy.Find(stage) is { When: null, Unless: null },
                $"{path}.fromStage",
                "must name a stage of this policy that is for every concern"
            );
        Count(form.Sections, $"{path}.sections", form.Layout is RecordLayout.Log ? 1 : MostSections, errors);
        foreach (var (i, section) in form.Sections.Index())
            Section(policy, form, section, $"{path}.sections[{i}]", errors);
    }

    private static void Section(Policy policy, RecordForm form, RecordSection section, string path, PolicyErrors errors)
    {
        if (section.Heading is { } heading)
            Words(heading, $"{path}.heading", errors);
        errors.Unless(
            section.Heading is null || form.Layout is RecordLayout.Sheet,
            $"{path}.heading",
            "must not be given in a log: its columns have labels"
        );
        Count(section.Lines, $"{path}.lines", MostLines, errors);
        foreach (var (i, line) in section.Lines.Index())
        {
            var at = $"{path}.lines[{i}]";
            if (line.Label is { } label)
                Words(label, $"{at}.label", errors);
            errors.Unless(
                line.Label is not null || section.Heading is not null,
                $"{at}.label",
                "must be given where the section has no heading: nothing would say what stands there"
            );
            Shown(policy, line, $"{at}.shows", errors);
        }
    }

    private static void Shown(Policy policy, RecordLine line, string path, PolicyErrors errors)
    {
        Count(line.Shows, path, MostShown, errors);
        string[] known = [.. RecordSource.Known(policy)];
        foreach (var (i, word) in line.Shows.Index())
        {
            var at = $"{path}[{i}]";
            errors.Unless(
                known.Contains(word),
                at,
                "must be something of every case, fields. with a field of this policy, or asked. with what a stage of it requires, "
                    + $"not {word}{PolicyWords.Meant(word, known)}"
            );
            errors.Unless(!line.Shows.Take(i).Contains(word), at, $"must not repeat {word}");
            errors.Unless(
                line.Shows.Count == 1 || RecordSource.Read(word) is null or { IsNamed: true },
                at,
                $"must stand on a line of its own: {word} has no name by which it is told apart from the others"
            );
        }
    }

    private static void Count<T>(IReadOnlyList<T> list, string path, int most, PolicyErrors errors) =>
        errors.Unless(
            list.Count >= 1 && list.Count <= most,
            path,
            list.Count == 0 ? "must name at least one" : $"must name {most} at most"
        );

    private static void Words(string words, string path, PolicyErrors errors) =>
        errors.Unless(words.Length <= LongestWords, path, $"must be {LongestWords} characters at the most");
}
