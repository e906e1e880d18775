using ApiSecurityAnalyzers.Engines.Endpoints;
using ApiSecurityAnalyzers.Engines.Endpoints.Inventory;

namespace ApiSecurityAnalyzers.Report;

/// <summary>The names of the model's values in the JSON file. They are part of its schema and never change within a version of it.</summary>
internal static class Words
{
    public static string Of(EndpointAccess access) => access switch
    {
        EndpointAccess.Open => "open",
        EndpointAccess.Anonymous => "anonymous",
        EndpointAccess.Protected => "protected",
        _ => "unknown",
    };

    public static string Of(EndpointOrigin origin) => origin switch
    {
        EndpointOrigin.Controller => "controller",
        EndpointOrigin.RouteHandler => "routeHandler",
        EndpointOrigin.Hub => "hub",
        EndpointOrigin.GrpcService => "grpcService",
        EndpointOrigin.RazorPage => "razorPage",
        EndpointOrigin.Component => "component",
        EndpointOrigin.Operational => "operational",
        _ => "library",
    };

    public static string Of(Answer answer) => answer switch
    {
        Answer.Yes => "yes",
        Answer.No => "no",
        _ => "unknown",
    };
}
