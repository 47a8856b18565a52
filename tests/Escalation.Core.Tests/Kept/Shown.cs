using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Escalation.Core.Cases;
using Escalation.Core.Policies;
using Escalation.Core.Reporting;
using Escalation.Core.Storage;
using Escalation.Testing.Cases;

namespace Escalation.Core.Tests.Kept;

/// <summary>What a case shows: its tracker row, who may record what, and to each who reads it its state, log and forms.</summary>
internal static class Shown
{
    private static readonly JsonSerializerOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Of(CaseDocument document, Rules rules)
    {
        var (c, text) = (document.Case, new StringBuilder());
        text.Append("next wake ").Append($"{document.NextWake:u}").Append('\n');
        text.Append("tracker ").Append(Json(TrackerRow.Of(document, rules.Policy))).Append('\n');
        foreach (var stage in Timeline.Ahead(c, rules.Policy, rules.Calendar))
            text.Append("ahead ").Append(Json(stage)).Append('\n');
        foreach (var agency in c.Parties.Select(p => p.Agency).Append(c.Partnership))
            text.Append("allowed to ").Append(agency).Append(": ").Append(Allowed(c, rules, agency)).Append('\n');
        foreach (var reader in new[] { null, Sample.Raising, Sample.Receiving, Sample.Third })
            To(reader, document, rules, text);
        foreach (var row in Analysis(document, rules).Where(r => r.Value != "0"))
            text.Append("counted ").Append(Json(row)).Append('\n');
        return text.ToString();
    }

    private static string Allowed(Case c, Rules rules, string agency) =>
        string.Join(
            ", ",
            AllowedOutcomes
                .For(c, rules, c.Stage.Id, agency, c.LastAt)
                .Select(o => o.NeedsChair ? $"{o.Id} (chair)" : o.Id)
        );

    private static void To(string? reader, CaseDocument document, Rules rules, StringBuilder text)
    {
        if (reader is not null && !Audience.Of(document.Case, rules.Policy).Contains(reader))
            return;
        var seen = new ReadableCase(
            document,
            rules.Policy,
            reader is null ? CaseReader.Partnership : new CaseReader(reader, Addresses: false)
        );
        text.Append("== to ").Append(reader ?? "the partnership").Append('\n');
        text.Append($"{seen.Status}, {seen.Stage?.Id}, {seen.Outcome}, {seen.Deadline:u}, {seen.EscalatesAt:u}\n");
        text.Append("events ").AppendJoin(' ', seen.History.Select(e => e.Number)).Append('\n');
        text.Append("duties ").Append(Json(seen.Duties)).Append('\n');
        text.Append("people ").Append(Json(seen.Contacts)).Append('\n');
        text.Append("log ").Append(Json(SummaryLog.Row(document, rules, reader))).Append('\n');
        foreach (var sheet in RecordSheets.Of(seen, rules))
        foreach (var line in sheet.Sections.SelectMany(s => s.Lines))
            if (Answer(line.Answer) is { Length: > 0 } answer)
                text.Append("form ").Append(line.Label).Append(": ").Append(answer).Append('\n');
    }

    private static string Answer(RecordAnswer answer) =>
        answer switch
        {
            RecordAnswer.Text said => string.Join(" / ", said.Paragraphs),
            RecordAnswer.Ticks ticks => string.Join(", ", ticks.Choices.Where(c => c.Ticked).Select(c => c.Label)),
            RecordAnswer.Table table => string.Join(" / ", table.Rows.Select(r => string.Join(" | ", r))),
            _ => "",
        };

    private static IEnumerable<AnalysisRow> Analysis(CaseDocument document, Rules rules) =>
        AnnualAnalysis
            .Of(
                document.Case.Partnership,
                ReportPeriod.OfYear(FinancialYear.Of(document.Case.RaisedAt)),
                [document],
                PolicyCatalogue.BuiltIn.With(rules.Policy).Catalogue,
                _ => rules.Calendar,
                document.Case.LastAt
            )
            .Rows(withFreeText: true);

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, Options);
}
