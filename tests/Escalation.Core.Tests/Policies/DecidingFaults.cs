namespace Escalation.Core.Tests.Policies;

/// <summary>Faults of who decides together, where nobody does, who raises it at a stage, and of owners of actions.</summary>
internal static class DecidingFaults
{
    private const string Basis = "{\"where\":\"Here\",\"text\":\"So\"}",
        Chair = "{\"agency\":\"partnership\",\"tier\":\"chair\"}",
        Raising = "{\"agency\":\"raising\",\"tier\":\"headOfService\"}",
        Receiving = "{\"agency\":\"receiving\",\"tier\":\"headOfService\"}";

    private static string Jointly(params string[] by) => $"{{\"by\":[{string.Join(',', by)}],\"basis\":{Basis}}}";

    private static string RaisedBy(string tiers) =>
        $"{{\"tiers\":[{tiers}],\"instruction\":\"Judge it.\",\"basis\":{Basis}}}";

    private static string Tell(string when, string agency, string tier) =>
        $"{{\"when\":\"{when}\",\"who\":{{\"agency\":\"{agency}\",\"tier\":\"{tier}\"}},"
        + $"\"text\":\"x\",\"circumstances\":[],\"basis\":{Basis}}}";

    /// <summary>As <see cref="PolicyFaults.Each"/>.</summary>
    public static TheoryData<string, string, string?, string, string> Each() =>
        new()
        {
            { "sandwell", "stages[4].jointly", Jointly(Chair), "stages[4].jointly.by", "must name two" },
            {
                "suffolk",
                "natures[5].decidedByRole",
                "\"conferenceChiar\"",
                "natures[5].decidedByRole",
                "must be a role of this policy; did you mean conferenceChair?"
            },
            {
                "suffolk",
                "natures[0].decidedByRole",
                "\"conferenceChair\"",
                "natures[0].decidedByRole",
                "goes with decidedBy"
            },
            { "sandwell", "stages[4].jointly", Jointly(Chair, Chair), "stages[4].jointly.by", "must name two" },
            {
                "sandwell",
                "stages[4].jointly",
                Jointly(Chair, Raising),
                "stages[4].jointly.by[1]",
                "must be asked at this stage, by its tiers or alsoAsks: nobody could record it"
            },
            {
                "sandwell",
                "stages[4].jointly",
                Jointly(Chair, "{\"agency\":\"parties\",\"tier\":\"headOfService\"}"),
                "stages[4].jointly.by[1].agency",
                "must not be parties: one of them is raising, the other receiving"
            },
            {
                "sandwell",
                "stages[2].jointly",
                Jointly(Raising, Receiving),
                "stages[2].jointly",
                "goes with a stage whose outcomes list decided only"
            },
            {
                "sandwell",
                "stages[4].raisedBy",
                RaisedBy("\"director\""),
                "stages[4].raisedBy",
                "goes with told both or receiving only: elsewhere tiers say who it is"
            },
            { "sandwell", "stages[2].raisedBy", RaisedBy(""), "stages[2].raisedBy.tiers", "must name at least one" },
            {
                "sandwell",
                "stages[2].raisedBy",
                RaisedBy("\"directr\""),
                "stages[2].raisedBy.tiers[0]",
                "must be a tier that the program knows or the policy declares under tiers, not directr; did you mean director?"
            },
            {
                "sandwell",
                "stages[2].outcomes",
                "[\"resolved\",\"withoutAgreement\",\"noLongerDisagrees\"]",
                "stages[2].outcomes",
                "must not list withoutAgreement where a stage always follows: it goes up instead"
            },
            {
                "sandwell",
                "stages[4].outcomes",
                "[\"resolved\",\"decided\",\"withoutAgreement\",\"noLongerDisagrees\"]",
                "stages[4].outcomes",
                "must not list withoutAgreement beside a decision: it is for a stage at which nobody decides"
            },
            {
                "sandwell",
                "tells[0].when",
                "\"disputed:9\"",
                "tells[0].when",
                "must name a stage of this policy, not 9"
            },
            {
                // An opening has no actions.
                "sandwell",
                "tells[0]",
                Tell("stageOpened:1", "parties", "actionOwners"),
                "tells[0].who.tier",
                "must not be actionOwners except with outcome, outcomeAt or ended: nothing else has actions"
            },
            {
                "sandwell",
                "tells[0]",
                Tell("ended", "partnership", "actionOwners"),
                "tells[0].who.agency",
                "must be one of raising, receiving, parties with actionOwners"
            },
            {
                "sandwell",
                "tells[0]",
                Tell("ended", "parties", "actionOwner"),
                "tells[0].who.tier",
                "must be a tier that the program knows or the policy declares under tiers, not actionOwner; did you mean actionOwners?"
            },
            {
                "sandwell",
                "tiers",
                "[{\"id\":\"actionOwners\",\"name\":\"Owners\"}]",
                "tiers[0].id",
                "must not be actionOwners, which has a meaning of its own"
            },
        };
}
