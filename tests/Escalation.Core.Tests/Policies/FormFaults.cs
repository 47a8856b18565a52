using System.Text.Json.Nodes;

namespace Escalation.Core.Tests.Policies;

/// <summary>Faults of forms: those that are printed from a case, and what a stage asks.</summary>
internal static class FormFaults
{
    private const string Words =
            "must be something of every case, fields. with a field of this policy, or asked. with what a stage of it requires, not ",
        Stage = "must name a stage of this policy that is for every concern",
        Alone = "must stand on a line of its own: ",
        NoName = " has no name by which it is told apart from the others",
        Alike =
            "must be the kind, with the options, of the stage that asks for it first: another question has another id",
        Option = "[{\"id\":\"a\",\"name\":\"A\"}]",
        First = "forms[0].sections[0].lines[0]";

    /// <summary>As <see cref="PolicyFaults.Each"/>.</summary>
    public static TheoryData<string, string, string?, string, string> Each() =>
        new()
        {
            { "suffolk", "forms", "[]", "forms", "must name at least one" },
            { "suffolk", "forms", Many(6, Form()), "forms", "must name 5 at most" },
            { "suffolk", "forms[0].title", $"\"{Long}\"", "forms[0].title", "must be 200 characters at the most" },
            { "suffolk", "forms[0].title", "\"\"", "forms[0].title", "must not be empty" },
            { "suffolk", "forms[0].basis", null, "forms[0].basis", "must be given" },
            { "suffolk", "forms[0].fromStage", "\"6\"", "forms[0].fromStage", Stage },
            {
                "suffolk",
                "forms[0].layout",
                "\"logs\"",
                "forms[0].layout",
                "must be one of sheet, log; did you mean log?"
            },
            { "suffolk", "forms[0].sections", "[]", "forms[0].sections", "must name at least one" },
            { "suffolk", "forms[0].sections", Many(21, Section()), "forms[0].sections", "must name 20 at most" },
            {
                "suffolk",
                "forms[0].sections[0].heading",
                $"\"{Long}\"",
                "forms[0].sections[0].heading",
                "must be 200 characters at the most"
            },
            { "suffolk", "forms[0].sections[0].lines", "[]", "forms[0].sections[0].lines", "must name at least one" },
            {
                "suffolk",
                "forms[0].sections[0].lines",
                Many(31, Line("blank")),
                "forms[0].sections[0].lines",
                "must name 30 at most"
            },
            { "suffolk", $"{First}.label", $"\"{Long}\"", $"{First}.label", "must be 200 characters at the most" },
            { "suffolk", $"{First}.shows", "[]", $"{First}.shows", "must name at least one" },
            {
                "suffolk",
                $"{First}.shows",
                "[\"personNme\"]",
                $"{First}.shows[0]",
                $"{Words}personNme; did you mean personName?"
            },
            { "suffolk", $"{First}.shows", "[\"starSign\"]", $"{First}.shows[0]", $"{Words}starSign" },
            {
                "suffolk",
                $"{First}.shows",
                "[\"PersonName\"]",
                $"{First}.shows[0]",
                $"{Words}PersonName; did you mean personName?"
            },
            {
                "sandwell",
                $"{First}.shows",
                "[\"fields.levelOfNed\"]",
                $"{First}.shows[0]",
                $"{Words}fields.levelOfNed; did you mean fields.levelOfNeed?"
            },
            {
                "suffolk",
                $"{First}.shows",
                "[\"asked.evidencBase\"]",
                $"{First}.shows[0]",
                $"{Words}asked.evidencBase; did you mean asked.evidenceBase?"
            },
            {
                "suffolk",
                $"{First}.shows",
                "[\"fields.levelOfNeed\"]",
                $"{First}.shows[0]",
                $"{Words}fields.levelOfNeed"
            },
            {
                "suffolk",
                $"{First}.shows",
                "[\"details\",\"details\"]",
                $"{First}.shows[1]",
                "must not repeat details"
            },
            {
                "suffolk",
                $"{First}.shows",
                "[\"details\",\"actions\"]",
                $"{First}.shows[1]",
                $"{Alone}actions{NoName}"
            },
            {
                "suffolk",
                "forms[0].sections[6].lines[0].label",
                null,
                "forms[0].sections[6].lines[0].label",
                "must be given where the section has no heading: nothing would say what stands there"
            },
            {
                "sandwell",
                "forms[1].sections[0].heading",
                "\"The log\"",
                "forms[1].sections[0].heading",
                "must not be given in a log: its columns have labels"
            },
            { "sandwell", "forms[1].sections", Many(2, Section(null)), "forms[1].sections", "must name 1 at most" },
            {
                "sefton",
                "stages[1].requires[1].kind",
                "\"choise\"",
                "stages[1].requires[1].kind",
                "must be text, yes, choice or date; did you mean choice?"
            },
            {
                "sefton",
                "stages[1].requires[1].kind",
                "\"choice\"",
                "stages[1].requires[1].options",
                "must offer at least one for a choice"
            },
            {
                "sefton",
                "stages[1].requires[1].options",
                Option,
                "stages[1].requires[1].options",
                "must be empty for text"
            },
            {
                "sefton",
                "stages[1].requires[0].optional",
                "true",
                "stages[1].requires[0].optional",
                "must not be given with yes: it must be so"
            },
            { "sefton", "stages[2].requires[0].kind", "\"date\"", "stages[2].requires[0].kind", Alike },
            {
                "sefton",
                "stages[1].requires",
                Requires(31),
                "stages[1].requires",
                "must name 30 at most: an outcome carries no more"
            },
        };

    private static string Long => new('x', 201);

    private static string Many(int count, string one) => $"[{string.Join(',', Enumerable.Repeat(one, count))}]";

    private static string Form() =>
        $$"""{ "title": "A form", "basis": { "where": "Here", "text": "So" }, "sections": [{{Section()}}] }""";

    private static string Section(string? heading = "\"A heading\"") =>
        $$"""{ "heading": {{heading ?? "null"}}, "lines": [{{Line("blank")}}] }""";

    private static string Line(string shows) => $$"""{ "label": "A line", "shows": ["{{shows}}"] }""";

    private static string Requires(int count) =>
        new JsonArray([
            .. Enumerable
                .Range(0, count)
                .Select(i =>
                    JsonNode.Parse(
                        $$"""{ "id": "{{(i == 0 ? "justified" : $"asked{i}")}}", "name": "A", "on": ["resolved"], "kind": "yes" }"""
                    )
                ),
        ]).ToJsonString();
}
